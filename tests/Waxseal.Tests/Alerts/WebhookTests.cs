using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Waxseal.Alerts.Routes;
using Waxseal.Storage.Tests;

namespace Waxseal.Tests.Alerts;

public class WebhookTests
{
    [Fact]
    public async Task A_message_is_signed_over_its_id_its_time_and_its_body()
    {
        await using HookServer hook = await HookServer.StartAsync();

        await RunAsync(hook);

        HookRequest request = Assert.Single(hook.Requests);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{request.Id}.{request.Header["webhook-timestamp"]}."), .. request.Body];
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData("0123456789abcdef0123456789abcdef"u8, signed))}", request.Header["webhook-signature"]);
        Assert.Equal(AlertLab.Start.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), request.Header["webhook-timestamp"]);
        Assert.Equal(request.Id, request.Json.GetProperty("id").GetString());
    }

    [Fact]
    public void The_signature_is_that_of_the_specification() =>
        // The example of the Standard Webhooks specification.
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            Webhook.Sign(Webhook.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"u8));

    [Theory]
    [InlineData(500, "HTTP 500")]
    [InlineData(404, "HTTP 404")]
    [InlineData(302, "HTTP 302, elsewhere: http://127.0.0.1:1/")]
    public async Task What_is_not_taken_is_tried_again_with_the_same_id_and_no_redirect_is_followed(int status, string reason)
    {
        await using HookServer hook = await HookServer.StartAsync();
        hook.Answer = (number, context) =>
        {
            context.Response.StatusCode = number < 3 ? status : 204;
            context.Response.Headers.Location = status == 302 ? "http://127.0.0.1:1/" : default;
            return Task.CompletedTask;
        };
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook));
        await lab.AddAsync("example.test", 1, 99, 1);
        await lab.RunAsync();
        await lab.RunAsync(TimeSpan.FromSeconds(59));
        Assert.Single(hook.Requests);

        await lab.RunAsync(TimeSpan.FromSeconds(1));
        await lab.RunAsync(TimeSpan.FromMinutes(2));
        await lab.RunAsync(TimeSpan.FromHours(2));

        Assert.Equal(3, hook.Requests.Count);
        Assert.Single(hook.Requests.Select(request => request.Id).Distinct());
        Assert.Contains(lab.Logged, line => line.Contains($"reason={reason} wait=00:02:00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_route_that_takes_nothing_is_given_up_and_told_of()
    {
        await using HookServer hook = await HookServer.StartAsync();
        hook.Answer = (_, context) =>
        {
            context.Response.StatusCode = 410;
            return context.Response.WriteAsync("gone\u001b[31m");
        };
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, AlertLab.HookSettings(hook));
        await lab.AddAsync("example.test", 1, 99, 1);
        for (int hour = 0; hour < 30; hour++)
            await lab.RunAsync(TimeSpan.FromHours(1));

        Assert.InRange(hook.Requests.Count, 20, 30);
        Assert.Contains(lab.Logged, line => line == "1513 Alert messages given up route=webhook messages=1 reason=HTTP 410: gone\\x1B[31m");
        Assert.Equal((0L, 1L, "HTTP 410: gone\\x1B[31m"), (await lab.Store.StoredAlerts.RoutesAsync(TestContext.Current.CancellationToken)).Select(route => (route.Waiting, route.GivenUp, route.Trouble)).Single());
    }

    [Fact]
    public async Task An_answer_without_end_is_read_no_further_than_its_beginning()
    {
        await using HookServer hook = await HookServer.StartAsync();
        hook.Answer = async (_, context) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(new string('x', 4096), context.RequestAborted);
        };

        string[] logged = await RunAsync(hook);

        Assert.Contains(logged, line => line.StartsWith("1511", StringComparison.Ordinal) && line.Length < 400);
    }

    [Fact]
    public async Task A_private_address_is_not_connected_to_unless_that_is_allowed()
    {
        await using HookServer hook = await HookServer.StartAsync();

        string[] logged = await RunAsync(hook, $"[alerts]\n{AlertLab.HookSettings(hook).Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}");

        Assert.Empty(hook.Requests);
        Assert.Contains(logged, line => line.Contains("127.0.0.1 is loopback, and not in alerts.allowAddresses", StringComparison.Ordinal));
    }

    private static async Task<string[]> RunAsync(HookServer hook, string? settings = null)
    {
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, settings ?? AlertLab.HookSettings(hook));
        await lab.AddAsync("example.test", 1, 99, 1);
        await lab.RunAsync();
        return [.. lab.Logged];
    }
}
