using System.Collections.Immutable;

namespace Waxseal.Protocol.TlsRpt.Defects;

/// <summary>
/// Gathers the defects of one report. Of each kind the first few are kept and the rest counted, so that neither memory
/// nor a rarer defect is lost to a hundred thousand equal ones.
/// </summary>
internal sealed class DefectList
{
    private readonly List<ReportDefect> _kept = [];
    private readonly Dictionary<DefectKind, int> _counts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the report cannot be used.</summary>
    public bool IsFatal { get; private set; }

    /// <summary>Whether a defect was met after which nothing can be read.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Counts one more defect of a kind; true when it is to be added too.</summary>
    public bool Counts(DefectKind kind)
    {
        if (IsOver)
            return false;

        IsFatal |= kind.IsFatal;
        IsOver = kind.EndsReading;
        int count = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = count;
        return count <= ReportLimits.DefectsOfOneKind;
    }

    public void Add(ReportDefect defect) => _kept.Add(defect);

    public ImmutableArray<ReportDefect> ToImmutable()
    {
        IEnumerable<ReportDefect> all = _kept.OrderBy(defect => defect.Offset);
        if (NotListed() is { } notListed)
            all = all.Append(notListed);
        return [.. all];
    }

    private ReportDefect? NotListed()
    {
        string[] parts =
        [
            .. from count in _counts
               where count.Value > ReportLimits.DefectsOfOneKind
               select $"{count.Value - ReportLimits.DefectsOfOneKind} of {count.Key.Code}",
        ];
        long offset = _kept.Count == 0 ? 0 : _kept.Max(defect => defect.Offset);
        return parts.Length == 0 ? null : TolerableDefects.MoreOfTheKind.At("", offset, $"{string.Join(", ", parts)}.");
    }
}
