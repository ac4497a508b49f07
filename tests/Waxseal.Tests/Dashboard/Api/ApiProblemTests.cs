using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Dashboard.Checking;
using Waxseal.Hosting;
using Waxseal.Storage;
using Waxseal.Tests.Schemas;

namespace Waxseal.Tests.Dashboard.Api;

public sealed class ApiProblemTests(ApiLab lab) : IClassFixture<ApiLab>
{
    [Theory]
    [InlineData("GET", "/reports?limit=0", 400, "limit takes a number from 1 to 500, and not \"0\".", "limit")]
    [InlineData("GET", "/reports?limit=501", 400, "limit takes a number from 1 to 500, and not \"501\".", "limit")]
    [InlineData("GET", "/reports?from=yesterday", 400, "from takes a day such as 2026-03-01, and not \"yesterday\".", "from")]
    [InlineData("GET", "/reports?from=2026-03-02&to=2026-03-01", 400, "from lies behind to.", "from")]
    [InlineData("GET", "/reports?after=here", 400, "after takes the place that the page before ended with, as its next has it, and not \"here\".", "after")]
    [InlineData("GET", "/reports?state=count", 400, "state takes one of counted, ", "state")]
    [InlineData("GET", "/reports?domian=a.example", 400, "There is no parameter domian. Did you mean domain?", "domian")]
    [InlineData("GET", "/status?x=1", 400, "There is no parameter x. There are none here.", "x")]
    [InlineData("GET", "/domains/eden.example/days?from=2000-01-01", 400, "from and to may lie 400 days apart at most.", "from")]
    [InlineData("GET", "/domains/nobody.example", 404, "Nothing is known of nobody.example.", null)]
    [InlineData("GET", "/domains/nobody.example/days", 404, "Nothing is known of nobody.example.", null)]
    [InlineData("GET", "/nothing", 404, "", null)]
    [InlineData("GET", "/api", 404, "", null)]
    [InlineData("DELETE", "/domains", 405, "DELETE is not answered here; GET, HEAD is.", null)]
    [InlineData("GET", "/check", 405, "GET is not answered here; POST is.", null)]
    public async Task What_cannot_be_answered_is_told_in_words(string method, string path, int status, string detail, string? parameter) =>
        AssertProblem(await lab.AskAsync(method, path), status, detail, parameter);

    [Theory]
    [InlineData("/check", "{\"domain\":\"example.test\"}", "text/plain", 415, "The body is taken as application/json alone, and not as text/plain")]
    [InlineData("/check", "{\"domian\":\"example.test\"}", "application/json", 400, "The body is not what is expected: a policy domain")]
    [InlineData("/check", "", "application/json", 400, "The body is empty. Expected is: a policy domain")]
    [InlineData("/check", "{\"domain\":\"a..b\"}", "application/json", 400, "\"a..b\" ")]
    [InlineData("/explain", "x", "multipart/form-data", 415, "A form with parts is not taken")]
    [InlineData("/explain", "", "application/json", 400, "The body is empty. Expected is: reports as they came")]
    [InlineData("/lint/sts-polcy", "x", "text/plain", 404, "There is no kind \"sts-polcy\". There are sts-record, sts-policy")]
    public async Task A_body_that_is_not_taken_is_told_in_words(string path, string body, string mediaType, int status, string detail) =>
        AssertProblem(await lab.AskAsync("POST", path, ApiLab.Body(body, mediaType)), status, detail);

    [Fact]
    public async Task Methods_that_are_answered_are_named() => Assert.Equal("GET, HEAD", (await lab.AskAsync("PUT", "/reports")).Field("Allow"));

    [Theory]
    [InlineData("text/html", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("application/*", 200)]
    [InlineData("text/html, */*;q=0.1", 200)]
    public async Task A_form_that_is_not_to_be_had_is_refused(string accept, int status)
    {
        ApiReply reply = await lab.AskAsync("GET", "/domains", null, ("Accept", accept));

        Assert.Equal(status, (int)reply.Status);
        if (status == 406)
            AssertProblem(reply, status, "The answer is to be had as application/json; Accept wants something else.");
    }

    [Theory]
    [InlineData("/lint/sts-policy", 1_000_001)]
    [InlineData("/explain", 30_000_001)]
    public async Task What_is_too_large_is_refused(string path, int length)
    {
        using ByteArrayContent body = new(new byte[length]);
        AssertProblem(await lab.AskAsync("POST", path, body, ("Expect", "100-continue")), 413, "The body is larger than ");
    }

    [Fact]
    public async Task What_is_no_report_is_an_answer_and_not_a_problem()
    {
        ApiReply reply = await lab.AskAsync("POST", "/explain", ApiLab.Body("hello", "text/plain"));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Single(reply.Json["unread"]!.AsArray());
    }

    [Fact]
    public async Task A_bounce_is_explained_as_a_report_is()
    {
        ApiReply reply = await lab.AskAsync("POST", "/explain", ApiLab.Body("550 5.7.323 tlsa-invalid: The domain failed DANE validation", "text/plain"));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("deliveries", (string)reply.Json["findings"]![0]!["evidence"]!);
        Assert.Equal(1, (int)reply.Json["deliveries"]!["lines"]!);
    }

    [Fact]
    public async Task Another_name_than_ours_is_refused() =>
        AssertProblem(await lab.AskAsync("GET", "/domains", null, ("Host", "stranger.example")), 421, "The address in your browser");

    [Fact]
    public async Task Without_a_store_a_later_time_is_named()
    {
        await using StoreDoor door = new(new StoreAddress(true, "/nonexistent/waxseal.db"), TimeProvider.System, NullLogger<StoreDoor>.Instance);
        ApiReply reply = await lab.AskWithAsync(door, "/domains");

        AssertProblem(reply, 503, "Nothing can be shown now: ");
        Assert.Equal("30", reply.Field("Retry-After"));
    }

    [Fact]
    public async Task Who_finds_no_place_and_no_row_is_sent_away()
    {
        using Places places = new(atOnce: 1, mostWaiting: 1);
        CancellationToken token = TestContext.Current.CancellationToken;

        Assert.True(await places.TakeAsync(token));
        Task<bool> second = places.TakeAsync(token);
        Assert.False(await places.TakeAsync(token));
        places.Leave();
        Assert.True(await second);
    }

    private static void AssertProblem(ApiReply reply, int status, string detail, string? parameter = null)
    {
        Assert.Equal((status, "application/problem+json"), ((int)reply.Status, reply.Field("Content-Type")));
        JsonObject all = JsonNode.Parse(OpenApi.Write())!.AsObject();
        JsonNode problem = reply.Json;
        Assert.Empty(SchemaReader.Breaks(all, all["components"]!["schemas"]!["Problem"]!, problem, "problem"));
        Assert.Equal((status, "about:blank"), ((int)problem["status"]!, (string)problem["type"]!));
        Assert.NotEqual("", (string)problem["title"]!);
        Assert.StartsWith(detail, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(parameter, (string?)problem["parameter"]);
    }
}
