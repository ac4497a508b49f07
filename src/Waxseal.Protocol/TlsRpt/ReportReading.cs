using System.Collections.Immutable;

namespace Waxseal.Protocol.TlsRpt;

/// <summary>What came of reading a report body.</summary>
/// <param name="Report">The report, or null when it cannot be used.</param>
/// <param name="Defects">All departures from RFC 8460, in the order of the text, as far as the text can be read.</param>
public sealed record ReportReading(Report? Report, ImmutableArray<ReportDefect> Defects)
{
    /// <summary>Whether a generator may send such a report.</summary>
    public bool Conforms => Report is not null && Defects.IsEmpty;
}
