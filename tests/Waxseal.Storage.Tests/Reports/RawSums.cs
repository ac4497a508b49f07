using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Tests.Reports;

/// <summary>The sums that raw reports have, added up in the plainest way, by policy domain and day.</summary>
internal sealed class RawSums
{
    private readonly Dictionary<string, List<Came>> _came = [];
    private readonly Dictionary<string, Came> _counts = [];

    /// <summary>What a report says, once all that were sent before it are there.</summary>
    public void Add(MadeReport report)
    {
        string identity = IdentityOf(report.Submitter, report);
        if (report.Submitter is null && !IsKnown(identity, report) && _counts.Values.Any(other => other.Report.Submitter is not null && IdentityOf(null, other.Report) == identity && Content(other.Report) == Content(report)))
            return;
        if (AddTo(identity, report) && report.Submitter is not null && _counts.GetValueOrDefault(IdentityOf(null, report)) is { } same && Content(same.Report) == Content(report))
        {
            // The same came before and was not proved.
            same.IsReplaced = true;
            _counts.Remove(IdentityOf(null, report));
        }
    }

    private bool IsKnown(string identity, MadeReport report) => _came.TryGetValue(identity, out List<Came>? came) && came.Exists(other => Content(other.Report) == Content(report));

    private static string IdentityOf(string? submitter, MadeReport report) =>
        $"{submitter} {report.Organization} {report.Id} {report.First} {report.MoreDays} {string.Join(' ', report.Policies.Select(policy => policy.Name).Distinct().Order(StringComparer.Ordinal))}";

    // Whether it begins to count.
    private bool AddTo(string identity, MadeReport report)
    {
        if (!_came.TryGetValue(identity, out List<Came>? came))
            _came[identity] = came = [];
        Came? known = came.Find(other => Content(other.Report) == Content(report));
        if (known is null)
            came.Add(known = new Came(report));
        if (known.Trust > report.Trust)
            known.Trust = report.Trust;
        Came? there = _counts.GetValueOrDefault(identity);
        if (known == there || known.IsReplaced || (there is not null && there.Trust < report.Trust))
            return false;
        if (there is not null)
            there.IsReplaced = true;
        _counts[identity] = known;
        return true;
    }

    /// <summary>Sessions of the reports that count, without those of days before one.</summary>
    public SortedDictionary<string, (long Successful, long Failed)> Sessions(DateOnly since) =>
        Sums(since, (report, policy) => IsCountedElsewhere(report, policy) ? (0, 0) : (policy.Successful, policy.Failed));

    /// <summary>Sessions of their failures.</summary>
    public SortedDictionary<string, (long Successful, long Failed)> Failures(DateOnly since) => Sums(since, (_, policy) => (0, policy.Failed));

    private SortedDictionary<string, (long, long)> Sums(DateOnly since, Func<MadeReport, MadePolicy, (long Successful, long Failed)> numbers)
    {
        SortedDictionary<string, (long Successful, long Failed)> sums = new(StringComparer.Ordinal);
        foreach (MadeReport report in _counts.Values.Select(came => came.Report).Where(report => report.First >= since))
        {
            foreach (MadePolicy policy in report.Policies)
            {
                string place = $"{policy.Name} {Day.Number(report.First)}";
                (long successful, long failed) = numbers(report, policy);
                (long, long) before = sums.GetValueOrDefault(place);
                sums[place] = (before.Item1 + successful, before.Item2 + failed);
            }
        }

        foreach (string nothing in sums.Where(sum => sum.Value == (0, 0)).Select(sum => sum.Key).ToArray())
            sums.Remove(nothing);
        return sums;
    }

    // One session may stand under sts and under tlsa: where both have as many, the one with more failures counts, or else sts.
    private static bool IsCountedElsewhere(MadeReport report, MadePolicy policy)
    {
        (long All, long Failed) sts = Of("sts"), tlsa = Of("tlsa");
        return sts.All == tlsa.All && sts.All > 0 && policy.Type == (tlsa.Failed > sts.Failed ? "sts" : "tlsa");

        (long, long) Of(string type)
        {
            MadePolicy[] same = [.. report.Policies.Where(other => other.Name == policy.Name && other.Type == type)];
            return (same.Sum(other => other.Successful + other.Failed), same.Sum(other => other.Failed));
        }
    }

    private static string Content(MadeReport report) => string.Join('|', report.Policies.Select(policy => policy.Json));

    private sealed class Came(MadeReport report)
    {
        public MadeReport Report => report;

        /// <summary>The best proof it came with.</summary>
        public Trust Trust { get; set; } = report.Trust;

        public bool IsReplaced { get; set; }
    }
}
