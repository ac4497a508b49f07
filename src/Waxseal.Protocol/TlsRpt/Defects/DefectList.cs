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
    private ReportDefect? _fatal;

    /// <summary>Whether the report cannot be used.</summary>
    public bool IsFatal => _fatal is not null;

    /// <summary>Counts one more defect of a kind; true when it is to be added too.</summary>
    public bool Counts(DefectKind kind)
    {
        int count = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = count;
        return count <= ReportLimits.DefectsOfOneKind && !IsFatal;
    }

    public void Add(ReportDefect defect) => _kept.Add(defect);

    /// <summary>Ends the reading; the first fatal defect is the one that counts.</summary>
    public void Fail(ReportDefect defect) => _fatal ??= defect;

    public ImmutableArray<ReportDefect> ToImmutable()
    {
        IEnumerable<ReportDefect> all = _kept.OrderBy(defect => defect.Offset);
        if (NotListed() is { } notListed)
            all = all.Append(notListed);
        if (_fatal is not null)
            all = all.Append(_fatal);
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
