using System.Diagnostics.Metrics;

namespace Waxseal.Hosting.Metrics;

/// <summary>What is measured of one host: its store and its roles.</summary>
internal sealed class HostGauges : IDisposable
{
    private readonly Meter _meter;

    /// <param name="host">The host.</param>
    /// <param name="measurements">Those alone that it belongs to.</param>
    public HostGauges(ServeHost host, Measurements measurements)
    {
        _meter = new Meter("Waxseal.Host", null, null, measurements);
        _meter.CreateObservableGauge("waxseal.store.up", () => host.Store.IsUp ? 1L : 0, null, "Whether the store is open and the last write to it succeeded");
        _meter.CreateObservableGauge("waxseal.role.up", () => host.Roles.Select(Up), null, "Whether a role runs and nothing is wrong with it");
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<long> Up(IRole role) => new(role.State.Trouble is null ? 1 : 0, new KeyValuePair<string, object?>("role", role.Name));
}
