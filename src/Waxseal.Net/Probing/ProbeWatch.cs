using Waxseal.Net.Probing.Facts;

namespace Waxseal.Net.Probing;

/// <summary>Tells somebody who watches what was found meanwhile, if there is anybody.</summary>
/// <param name="watcher">Who watches; null for nobody.</param>
/// <param name="clock">Measures since when it lasts.</param>
internal sealed class ProbeWatch(IProgress<ProbeEvent>? watcher, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    /// <summary>Tells of something.</summary>
    /// <param name="make">Makes the event from its time, if it is needed.</param>
    public void Tell(Func<double, ProbeEvent> make) => watcher?.Report(make(Milliseconds.Of(clock.GetElapsedTime(_start))));
}
