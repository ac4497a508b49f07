using System.Text.Json;
using Interop.Tests.Network;
using Interop.Tests.Servers;

namespace Interop.Tests;

/// <summary>The log of a real Postfix that cannot deliver, and its bounces, explained.</summary>
public sealed class MailLogTests(InteropLab lab) : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "waxseal.dll");

    private static readonly (string PolicyDomain, string ResultType, string MxHost)[] Expected =
    [
        ("no-starttls.test", "starttls-not-supported", "mx.no-starttls.test"),
        ("other-name.test", "certificate-host-mismatch", "mx.other-name.test"),
        ("stale-tlsa.test", "tlsa-invalid", "mx.stale-tlsa.test"),
    ];

    private RunFolder? _folder;
    private Server? _server;

    [Fact]
    public async Task The_log_and_the_bounces_of_Postfix_name_what_was_wrong()
    {
        lab.SkipWhereMissing();
        _folder = RunFolder.Create();
        PostfixSender sender = new(_folder, lab.RootFile);
        _server = await sender.StartAsync(lab.Namespaces, TestContext.Current.CancellationToken);
        foreach ((string policyDomain, _, _) in Expected)
            await UntilAsync(() => MailAsync($"somebody@{policyDomain}"));
        await UntilAsync(() => Task.FromResult(sender.Bounces.Length == Expected.Length));

        JsonElement log = await ExplainAsync(sender.Log);
        string said = await File.ReadAllTextAsync(sender.Log, TestContext.Current.CancellationToken);
        Assert.True(log.GetProperty("deliveries").GetProperty("unreadLines").GetInt32() == 0, said);
        foreach ((string policyDomain, string resultType, string mxHost) in Expected)
        {
            JsonElement finding = FindingOf(log, policyDomain, said);
            Assert.Equal([resultType], ResultTypes(finding));
            Assert.Contains($"MX host: {mxHost}.", finding.GetProperty("happened").GetString(), StringComparison.Ordinal);
            Assert.Equal("log of mail", finding.GetProperty("sightings")[0].GetProperty("reporter").GetString());
            Assert.Equal("error", finding.GetProperty("severity").GetString());
        }

        JsonElement bounces = await ExplainAsync(sender.Bounces);
        Assert.Equal(["starttls-not-supported"], ResultTypes(FindingOf(bounces, "no-starttls.test", said)));
        Assert.All(Expected, expected => Assert.Contains("The bounce of mail.sender.test tells of 1 failed attempt", FindingOf(bounces, expected.PolicyDomain, said).GetProperty("happened").GetString(), StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _server?.Dispose();
        _folder?.Dispose();
    }

    private static JsonElement FindingOf(JsonElement answer, string policyDomain, string said)
    {
        JsonElement[] findings = [.. answer.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("policyDomain").GetString() == policyDomain)];
        Assert.True(findings.Length == 1, said);
        return findings[0];
    }

    private static IEnumerable<string?> ResultTypes(JsonElement finding) =>
        finding.GetProperty("sightings").EnumerateArray().SelectMany(sighting => sighting.GetProperty("resultTypes").EnumerateArray()).Select(type => type.GetString()).Distinct();

    private static async Task<JsonElement> ExplainAsync(params string[] files)
    {
        CommandResult result = await CommandLine.TryRunAsync(["dotnet", Program, "explain", .. files, "--json"], TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 1, $"{result.Error}\n{await File.ReadAllTextAsync(files[0], TestContext.Current.CancellationToken)}");
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private async Task<bool> MailAsync(string recipient)
    {
        string mail = _folder!.File("mail.eml");
        await File.WriteAllTextAsync(mail, $"From: {PostfixSender.Author}\r\nTo: {recipient}\r\nSubject: trial\r\n\r\nHello.\r\n", TestContext.Current.CancellationToken);
        CommandResult sent = await CommandLine.TryRunAsync(
            Namespaces.Within(lab.Namespaces.Servers, "curl", "-s", "--noproxy", "*", $"smtp://127.0.0.1:{PostfixSender.Port}/client.test", "--mail-from", PostfixSender.Author, "--mail-rcpt", recipient, "--upload-file", mail),
            TestContext.Current.CancellationToken);
        return sent.ExitCode == 0;
    }

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 300; i++)
        {
            if (await condition())
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        string log = File.Exists(_folder!.File("sender/log")) ? await File.ReadAllTextAsync(_folder.File("sender/log"), TestContext.Current.CancellationToken) : "";
        Assert.Fail($"{_server!.Said}\n{log}");
    }
}
