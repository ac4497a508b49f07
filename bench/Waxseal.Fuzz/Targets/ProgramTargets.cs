using System.Text;
using Waxseal.Commands;
using Waxseal.Inputs;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Terminal;

namespace Waxseal.Fuzz.Targets;

/// <summary>What the executable does with files it is given.</summary>
internal static class ProgramTargets
{
    public static readonly FuzzTarget Mail = new(
        "mail",
        TakeIn,
        () => Seeds.Folder("intake"),
        "\r\n\r\n", "\n\n", "--", "Content-Type: ", "multipart/mixed; boundary=", "message/rfc822", "application/tlsrpt+gzip",
        "Content-Transfer-Encoding: base64", "=?utf-8?B?", "filename*0*=", "\nFrom ", "DKIM-Signature: ")
    {
        Inputs = 10_000,
    };

    public static readonly FuzzTarget Explain = new(
        "explain",
        ExplainReport,
        () => [.. Seeds.Folder("samples"), .. Seeds.Vectors("report-body"), .. Seeds.Folder("reports"), .. Seeds.Folder("deliveries")],
        "\"sts-policy-fetch-error\"", "\"validation-failure\"", "\"failed-session-count\": 9007199254740992", "\\u001b[2J", "\\u202e",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"policy-type\":\"tlsa\"", "\"no-policy-found\"")
    {
        Inputs = 3_000,
    };

    private static void TakeIn(ReadOnlySpan<byte> file)
    {
        ReportOrigin origin = new(ReportOrigin.StandardInput);
        List<IntakeResult> results = [.. StreamReports.In(origin, new MemoryStream(file.ToArray()), isNamed: true)];
        foreach (IntakeResult.Found found in results.OfType<IntakeResult.Found>())
            ReportReader.Read(found.Json.Span);
    }

    // The whole way, so that nothing a stranger wrote reaches a terminal raw.
    private static void ExplainReport(ReadOnlySpan<byte> file)
    {
        byte[] bytes = file.ToArray();
        CheckRun(bytes, "explain", "-", "--all");
        CheckRun(bytes, "explain", "-", "--json");
    }

    private static void CheckRun(byte[] input, params string[] arguments)
    {
        MemoryStream output = new();
        MemoryStream errors = new();
        int code = Invocation.RunAsync(arguments, new Surroundings(new MemoryStream(input), output, errors), CancellationToken.None)
            .GetAwaiter().GetResult();

        string text = Encoding.UTF8.GetString(output.ToArray()) + Encoding.UTF8.GetString(errors.ToArray());
        Promise.Kept(code != ExitCode.InternalError, text);
        Promise.Kept(output.Length + errors.Length > 0, "There is an answer.");
        Promise.Kept(!text.Any(letter => char.IsControl(letter) && letter != '\n'), "No control character is written.");
    }
}
