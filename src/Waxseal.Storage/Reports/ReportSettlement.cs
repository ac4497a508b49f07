namespace Waxseal.Storage.Reports;

/// <summary>What reports become, held against those that are there and those that came just before.</summary>
internal sealed class ReportSettlement
{
    private readonly Dictionary<StoreKey, SettledReport> _reports = [];
    private readonly Dictionary<(string, UInt128), List<SettledReport>> _groups = [];

    // By the key that each would have if nobody had proved who sent it.
    private readonly Dictionary<StoreKey, SettledReport> _proved = [];

    /// <summary>The reports to be written: new ones, and those that something happened to.</summary>
    public IEnumerable<SettledReport> Changed => _reports.Values.Where(report => !report.WasThere || report.Times > 0 || report.State != report.StateBefore);

    /// <summary>Tells of a report that is there.</summary>
    public void Know(byte[] key, string policyDomain, ReportState state, Trust trust) =>
        Keep(new SettledReport(StoreKey.Of(policyDomain, key), key, state, trust) { WasThere = true });

    /// <summary>Tells of a report that is there, of which it is proved who sent it, and that says the same as one that comes.</summary>
    public void KnowProved(byte[] key, string policyDomain, ReportState state, Trust trust, byte[] unproved)
    {
        if (!_reports.TryGetValue(StoreKey.Of(policyDomain, key), out SettledReport? proved))
        {
            Know(key, policyDomain, state, trust);
            proved = _reports[StoreKey.Of(policyDomain, key)];
        }

        _proved[StoreKey.Of(policyDomain, unproved)] = proved;
    }

    /// <summary>Settles a report that comes.</summary>
    public StoreReceipt Add(ReportRow row)
    {
        if (_reports.TryGetValue(row.Key, out SettledReport? known) || (_proved.TryGetValue(row.Key, out known) && known.State == ReportState.Counted))
            return AddAgain(known, row);

        SettledReport settled = new(row.Key, row.Reference.Key.ToArray(), row.State, row.Trust) { Row = row, Times = 1, LastAt = row.At };
        bool replaces = row.State is ReportState.Counted or ReportState.Quarantined && row.Sessions is not null && Settle(settled);
        Keep(settled);
        if (settled.State == ReportState.Counted)
            Supersede(row);
        if (row.Unproved is { } unproved)
            _proved[unproved] = settled;
        return new(replaces ? ReportOutcome.Replaced : ReportOutcome.Stored, settled.State, row.Reference);
    }

    // What was kept apart is settled anew when it comes by a way that lets it count; what is better proved now is told as such.
    private StoreReceipt AddAgain(SettledReport known, ReportRow row)
    {
        known.Times++;
        known.LastAt = row.At;
        (ReportState state, Trust trust, ReportRow? was) = (known.State, known.Trust, known.Row);
        bool isAccepted = false, replaces = false;
        if (row.State == ReportState.Counted && state is ReportState.Quarantined or ReportState.Conflicting or ReportState.Foreign)
        {
            (known.State, known.Trust, known.Row) = (ReportState.Counted, row.Trust, row);
            replaces = Settle(known);
            isAccepted = known.State == ReportState.Counted;
            if (isAccepted)
                Supersede(row);
        }

        if (!isAccepted)
            (known.State, known.Trust, known.Row) = row.Trust < trust ? (state, row.Trust, row) : (state, trust, was);
        return new(replaces ? ReportOutcome.Replaced : isAccepted ? ReportOutcome.Accepted : ReportOutcome.Known, known.State, row.Reference);
    }

    // The very same came before, when nobody proved who sent it; what is proved now counts in its place.
    private void Supersede(ReportRow row)
    {
        if (row.Unproved is { } key && _reports.TryGetValue(key, out SettledReport? same) && same.State is ReportState.Counted or ReportState.Quarantined)
            (same.State, same.ReplacedBy) = (ReportState.Replaced, row);
    }

    // RFC 8460 §4.1 knows one report of a day; whoever sends it again with other numbers corrects it. Only who is trusted as much may.
    private bool Settle(SettledReport settled)
    {
        SettledReport[] others = [.. _groups.GetValueOrDefault(settled.Key.Group, []).Where(other => other != settled && other.State is ReportState.Counted or ReportState.Quarantined)];
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

    /// <summary>How far it is proved who sent it, by the best proof that came.</summary>
    public Trust Trust { get; set; } = trust;

    /// <summary>What it was, or came as.</summary>
    public ReportState StateBefore { get; } = state;

    /// <summary>What it is now.</summary>
    public ReportState State { get; set; } = state;

    /// <summary>Whether it stands in the database.</summary>
    public bool WasThere { get; init; }

    /// <summary>What is to be written of it; null when what stands there stays.</summary>
    public ReportRow? Row { get; set; }

    /// <summary>Whether its sessions are to be written.</summary>
    public bool BeginsToCount => State == ReportState.Counted && !(WasThere && StateBefore == ReportState.Counted);

    /// <summary>The report that takes its place.</summary>
    public ReportRow? ReplacedBy { get; set; }

    /// <summary>How often it came in this group.</summary>
    public long Times { get; set; }

    /// <summary>When it came last, in milliseconds.</summary>
    public long LastAt { get; set; }
}
