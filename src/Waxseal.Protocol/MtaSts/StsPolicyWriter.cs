using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Waxseal.Protocol.MtaSts;

/// <summary>Writes a policy in the one form that every reader takes.</summary>
public static class StsPolicyWriter
{
    /// <summary>
    /// The body to serve: version, mode, each mx, max_age; one space after each colon, CRLF after each line; ASCII.
    /// </summary>
    // RFC 8461 §3.2: the prose asks for CRLF, the grammar takes LF too.
    public static byte[] Write(StsPolicy policy)
    {
        var text = new StringBuilder();
        foreach (string line in Lines(policy.Mode, policy.MaxAge, policy.MxPatterns))
            text.Append(line).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    internal static ImmutableArray<string> Lines(StsMode mode, TimeSpan maxAge, ImmutableArray<MxPattern> mxPatterns)
    {
        long seconds = maxAge.Ticks / TimeSpan.TicksPerSecond;
        return
        [
            $"version: {StsPolicy.Version}",
            $"mode: {mode.ToWord()}",
            .. mxPatterns.Select(pattern => $"mx: {pattern}"),
            string.Create(CultureInfo.InvariantCulture, $"max_age: {seconds}"),
        ];
    }
}
