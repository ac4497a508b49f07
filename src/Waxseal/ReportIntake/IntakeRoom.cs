namespace Waxseal.ReportIntake;

/// <summary>Room in memory, which all ways in share: what strangers send by one takes none that the others do not see.</summary>
internal sealed class IntakeRoom : IDisposable
{
    /// <summary>Places for what is on its way in.</summary>
    public IntakePlaces Places { get; } = new();

    /// <summary>Turns for what is unpacked.</summary>
    public UnpackingGate Unpacking { get; } = new();

    public void Dispose()
    {
        Places.Dispose();
        Unpacking.Dispose();
    }
}
