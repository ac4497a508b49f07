namespace Waxseal.ReportIntake;

/// <summary>
/// Places in memory for mails and requests on their way in. Small ones need none; others wait for each other, so that strangers
/// cannot fill the memory, however many come.
/// </summary>
internal sealed class IntakePlaces : IDisposable
{
    /// <summary>Octets of what needs no place.</summary>
    public const int Small = 16 * 1024;

    /// <summary>Octets of what needs a common place; what is larger needs one of the few.</summary>
    public const int Medium = 256 * 1024;

    /// <summary>How long whoever has a place may keep it until all is there.</summary>
    public static readonly TimeSpan Tenure = TimeSpan.FromMinutes(2);

    private const int MostMedium = 128;
    private const int MostLarge = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _medium = new(MostMedium);
    private readonly SemaphoreSlim _large = new(MostLarge);

    /// <summary>Waits for a place that so many octets fit in; null when none became free.</summary>
    public async ValueTask<Place?> TakeAsync(int octets, CancellationToken cancellationToken)
    {
        SemaphoreSlim places = octets > Medium ? _large : _medium;
        return await places.WaitAsync(Patience, cancellationToken) ? new Place(places, octets > Medium ? int.MaxValue : Medium) : null;
    }

    public void Dispose()
    {
        _medium.Dispose();
        _large.Dispose();
    }

    /// <summary>One place, until it is let go.</summary>
    /// <param name="places">Where it is from.</param>
    /// <param name="octets">How many fit in.</param>
    public sealed class Place(SemaphoreSlim places, int octets) : IDisposable
    {
        public int Octets => octets;

        public void Dispose()
        {
            // What was large is garbage that nobody looks for until as much again has come, and then strangers have twice the memory.
            if (octets > Medium)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            places.Release();
        }
    }
}
