using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Waxseal.Hosting.Metrics;

/// <summary>All that was measured with one instrument.</summary>
/// <param name="instrument">The instrument.</param>
internal sealed class Family(Instrument instrument)
{
    /// <summary>Series of one instrument; whatever strangers send, there are never more.</summary>
    public const int MostSeries = 256;

    /// <summary>The labels of what came beyond that.</summary>
    public const string Overflow = "overflow=\"true\"";

    private static readonly ImmutableArray<(string Name, string Word)> OverflowWords = [("overflow", "true")];

    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<double> _bounds = (instrument as Instrument<double>)?.Advice?.HistogramBucketBoundaries ?? [];

    public Instrument Instrument => instrument;

    /// <summary>What it is to those who read it.</summary>
    public FamilyKind Kind { get; } = instrument switch
    {
        Histogram<double> => FamilyKind.Histogram,
        Counter<long> or Counter<double> or ObservableCounter<long> or ObservableCounter<double> => FamilyKind.Counter,
        _ => FamilyKind.Gauge,
    };

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsWhole { get; } = instrument is Instrument<long> or ObservableInstrument<long>;

    /// <summary>Upper bounds of the buckets of a histogram.</summary>
    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>The series, by their labels.</summary>
    public IEnumerable<(string Labels, Series Series)> All => _series.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value));

    /// <summary>Takes a measurement.</summary>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = Labels.Of(tags);
        if (!_series.TryGetValue(labels, out Series? series))
        {
            bool isOverflow = _series.Count >= MostSeries;
            if (isOverflow)
                labels = Overflow;
            if (!_series.TryGetValue(labels, out series))
                _series[labels] = series = new Series(isOverflow ? OverflowWords : Labels.WordsOf(tags), _bounds.Count);
        }

        if (Kind == FamilyKind.Histogram)
            series.Observe(value, _bounds);
        else if (instrument.IsObservable)
            series.Value = value;
        else
            series.Value += value;
    }

    /// <summary>Forgets what is about to be observed anew, so that what is gone does not stay.</summary>
    public void Forget() => _series.Clear();
}

/// <summary>What a family is to those who read it.</summary>
internal enum FamilyKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One series.</summary>
internal sealed class Series(ImmutableArray<(string Name, string Word)> words, int bounds)
{
    /// <summary>Its labels, as names and words.</summary>
    public ImmutableArray<(string Name, string Word)> Words => words;

    /// <summary>The value, or the sum of a histogram.</summary>
    public double Value { get; set; }

    /// <summary>How often something was measured within each bound and, last, beyond them.</summary>
    public long[] Buckets { get; } = new long[bounds + 1];

    public void Observe(double value, IReadOnlyList<double> limits)
    {
        int bucket = 0;
        while (bucket < limits.Count && value > limits[bucket])
            bucket++;
        Buckets[bucket]++;
        Value += value;
    }
}
