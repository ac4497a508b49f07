using Waxseal.Inputs;

namespace Waxseal.ReportIntake;

/// <summary>
/// Lets few be unpacked at once, for a small mail or request may unpack to many megabytes. What turns out to be as small as most
/// reports are does not wait for those before it to be stored.
/// </summary>
internal sealed class UnpackingGate : IDisposable
{
    private const int Usual = 32 * 1024;

    private readonly SemaphoreSlim _unpacking = new(Math.Clamp(Environment.ProcessorCount, 2, 4));

    /// <summary>Unpacks something, and takes what was found.</summary>
    /// <param name="unpack">Unpacks it.</param>
    /// <param name="take">Takes what was found.</param>
    /// <param name="cancellationToken">Ends the wait for a turn.</param>
    public async Task<T> RunAsync<T>(Func<IEnumerable<IntakeResult>> unpack, Func<IntakeResult[], Task<T>> take, CancellationToken cancellationToken)
    {
        await _unpacking.WaitAsync(cancellationToken);
        bool isHeld = true;
        try
        {
            IntakeResult[] results = [.. unpack()];
            if (results.OfType<IntakeResult.Found>().Sum(found => (long)found.Json.Length) <= Usual)
            {
                _unpacking.Release();
                isHeld = false;
            }

            return await take(results);
        }
        finally
        {
            if (isHeld)
                _unpacking.Release();
        }
    }

    public void Dispose() => _unpacking.Dispose();
}
