using System.Diagnostics.Metrics;

namespace Waxseal.Hosting.Metrics;

/// <summary>Keeps what is measured in this process, as sums.</summary>
internal sealed class Measurements : IDisposable
{
    private const string OurMeters = "Waxseal";

    private readonly Lock _taking = new();
    private readonly Dictionary<Instrument, Family> _families = [];
    private readonly MeterListener _listener = new();

    public Measurements()
    {
        ProcessMetrics.Begin();
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Gives all families, as they are at this moment, in the order of their names.</summary>
    public void Read(Action<Family> read)
    {
        lock (_taking)
        {
            foreach (Family family in _families.Values.Where(family => family.Instrument.IsObservable))
                family.Forget();
        }

        _listener.RecordObservableInstruments();
        lock (_taking)
        {
            foreach (Family family in _families.Values.OrderBy(family => family.Instrument.Name, StringComparer.Ordinal))
                read(family);
        }
    }

    public void Dispose() => _listener.Dispose();

    // What belongs to one host is told by its scope; what is static belongs to all in this process.
    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!instrument.Meter.Name.StartsWith(OurMeters, StringComparison.Ordinal) || (instrument.Meter.Scope is { } scope && scope != this))
            return;
        lock (_taking)
            _families[instrument] = new Family(instrument);
        listener.EnableMeasurementEvents(instrument);
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_taking)
        {
            if (_families.TryGetValue(instrument, out Family? family))
                family.Take(value, tags);
        }
    }
}
