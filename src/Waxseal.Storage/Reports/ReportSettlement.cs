namespace Waxseal.Storage.Reports;

/// <summary>What reports become, held against those that are there and those that came just before.</summary>
internal sealed class ReportSettlement
{
    private readonly Dictionary<StoreKey, SettledReport> _reports = [];
    private readonly Dictionary<(string, UInt128), List<SettledReport>> _groups = [];

    /// <summary>The reports to be written: new ones, and those that something happened to.</summary>
    public IEnumerable<SettledReport> Changed => _reports.Values.Where(report => !report.WasThere || report.Times > 0 || report.State != report.StateBefore);

    /// <summary>Tells of a report that is there.</summary>
    public void Know(byte[] key, string policyDomain, ReportState state, Trust trust) =>
        Keep(new SettledReport(StoreKey.Of(policyDomain, key), key, state, trust) { WasThere = true });

    /// <summary>Settles a report that comes.</summary>
    public StoreReceipt Add(ReportRow row)
    {
        if (_reports.TryGetValue(row.Key, out SettledReport? known))
        {
            known.Times++;
            known.LastAt = row.At;
            return new(ReportOutcome.Known, known.State, row.Reference);
        }

        SettledReport settled = new(row.Key, row.Reference.Key.ToArray(), row.State, row.Trust) { Row = row, Times = 1, LastAt = row.At };
        bool replaces = row.State is ReportState.Counted or ReportState.Quarantined && row.Sessions is not null && Settle(settled);
        Keep(settled);
        return new(replaces ? ReportOutcome.Replaced : ReportOutcome.Stored, settled.State, row.Reference);
    }

    // RFC 8460 §4.1 knows one report of a day; whoever sends it again with other numbers corrects it. Only who is trusted as much may.
    private bool Settle(SettledReport settled)
    {
        SettledReport[] others = [.. _groups.GetValueOrDefault(settled.Key.Group, []).Where(other => other.State is ReportState.Counted or ReportState.Quarantined)];
        if (others.Any(other => other.Trust < settled.Trust || (other.State == ReportState.Counted && settled.State != ReportState.Counted)))
        {
            settled.State = ReportState.Conflicting;
            return false;
        }

        foreach (SettledReport other in others)
            (other.State, other.ReplacedBy) = (ReportState.Replaced, settled.Row);
        return others.Length > 0;
    }

    private void Keep(SettledReport report)
    {
        _reports.Add(report.Key, report);
        if (!_groups.TryGetValue(report.Key.Group, out List<SettledReport>? group))
            _groups[report.Key.Group] = group = [];
        group.Add(report);
    }
}

/// <summary>A report while a group is settled.</summary>
internal sealed class SettledReport(StoreKey key, byte[] octets, ReportState state, Trust trust)
{
    public StoreKey Key => key;

    public byte[] Octets => octets;

    public Trust Trust => trust;

    /// <summary>What it was, or came as.</summary>
    public ReportState StateBefore { get; } = state;

    /// <summary>What it is now.</summary>
    public ReportState State { get; set; } = state;

    /// <summary>Whether it stands in the database.</summary>
    public bool WasThere { get; init; }

    /// <summary>What is to be written of it; null when it stands there.</summary>
    public ReportRow? Row { get; init; }

    /// <summary>The report that takes its place.</summary>
    public ReportRow? ReplacedBy { get; set; }

    /// <summary>How often it came in this group.</summary>
    public long Times { get; set; }

    /// <summary>When it came last, in milliseconds.</summary>
    public long LastAt { get; set; }
}
