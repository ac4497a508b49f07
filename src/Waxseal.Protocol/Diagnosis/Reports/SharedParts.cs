using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.MtaSts;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>
/// Keeps equal parts of reports once. Many reports speak of few reporters, policy domains, days and policies, so what is
/// kept of a report is little more than its numbers.
/// </summary>
internal sealed class SharedParts
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, string ProfileId), Reporter> _reporters = [];
    private readonly HashSet<ReportedDays> _days = [];
    private readonly Dictionary<ImmutableArray<string>, StsPolicy?> _policies = new(new ElementComparer<string>());
    private readonly HashSet<ImmutableArray<string>> _lines = new(new ElementComparer<string>());
    private readonly HashSet<ImmutableArray<Fault>> _faults = new(new ElementComparer<Fault>());

    public string Text(string text) => One(_texts, text);

    public ReportedDays Days(ReportedDays days) => One(_days, days);

    public ImmutableArray<string> Lines(ImmutableArray<string> lines) => lines.IsEmpty ? [] : One(_lines, lines);

    public ImmutableArray<Fault> Faults(ImmutableArray<Fault> faults) => faults.IsEmpty ? [] : One(_faults, faults);

    // Reporters of one name are equal, and yet their profiles may differ from report to report.
    public Reporter Reporter(Reporter reporter)
    {
        if (!_reporters.TryGetValue((reporter.Name, reporter.Profile.Id), out Reporter? known))
            _reporters.Add((reporter.Name, reporter.Profile.Id), known = reporter);
        return known;
    }

    /// <summary>The policy of a policy-string, or null when it holds none that a sender could apply.</summary>
    public StsPolicy? Policy(ImmutableArray<string> policyString)
    {
        if (!_policies.TryGetValue(policyString, out StsPolicy? policy))
            _policies.Add(policyString, policy = ReportedText.Read(policyString));
        return policy;
    }

    private static T One<T>(HashSet<T> known, T value)
    {
        if (known.TryGetValue(value, out T? same))
            return same;
        known.Add(value);
        return value;
    }

    private sealed class ElementComparer<T> : IEqualityComparer<ImmutableArray<T>>
    {
        public bool Equals(ImmutableArray<T> x, ImmutableArray<T> y) => x.AsSpan().SequenceEqual(y.AsSpan(), null);

        public int GetHashCode(ImmutableArray<T> elements)
        {
            HashCode hash = default;
            foreach (T element in elements)
                hash.Add(element);
            return hash.ToHashCode();
        }
    }
}
