using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Waxseal.Lab.Serving;

/// <summary>What <c>waxseal store export</c> tells.</summary>
internal static class StoreExport
{
    /// <summary>The reports that count.</summary>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(IReadOnlyList<string> program, string configuration, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using Process export = Process.Start(new ProcessStartInfo(program[0], [.. program.Skip(1), "store", "export", "--config", configuration]) { RedirectStandardOutput = true })!;
        while (await export.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            using JsonDocument report = JsonDocument.Parse(line);
            if (report.RootElement.GetProperty("state").GetString() == "counted")
                yield return report.RootElement;
        }

        await export.WaitForExitAsync(cancellationToken);
        if (export.ExitCode != 0)
            throw new InvalidOperationException($"waxseal store export ended with exit code {export.ExitCode}.");
    }
}
