using Waxseal.Protocol.TlsRpt.Body;
using Waxseal.Protocol.TlsRpt.Defects;

namespace Waxseal.Protocol.TlsRpt;

/// <summary>
/// Reads report bodies (RFC 8460 §4.4) as senders really write them: everything that can be understood is kept, every
/// departure from the standard is noted, and no number is guessed.
/// </summary>
public static class ReportReader
{
    /// <summary>Reads one report from its JSON text, unpacked, in UTF-8.</summary>
    /// <param name="json">The text; at most <see cref="ReportLimits.BodyBytes"/> bytes are read.</param>
    /// <returns>The report with its defects, or no report and, among its defects, all that make it unusable. Never throws.</returns>
    public static ReportReading Read(ReadOnlySpan<byte> json)
    {
        var defects = new DefectList();
        var cursor = new ReportCursor(json, defects);
        Report? report = ReportParser.Read(ref cursor);
        return new ReportReading(report, defects.ToImmutable());
    }
}
