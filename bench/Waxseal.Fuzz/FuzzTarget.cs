namespace Waxseal.Fuzz;

/// <summary>One parser under fire.</summary>
/// <param name="Name">What to call it on the command line.</param>
/// <param name="Run">
/// Takes any bytes. Returns when all promises are kept; any exception is a fault, <see cref="BrokenPromiseException"/>
/// among them.
/// </param>
/// <param name="Seeds">Inputs to begin with, most of them valid.</param>
/// <param name="Words">Pieces of the grammar that chance would seldom find.</param>
internal sealed record FuzzTarget(string Name, Action<ReadOnlySpan<byte>> Run, Func<IEnumerable<byte[]>> Seeds, params string[] Words)
{
    /// <summary>The longest input that is made; what is longer meets the size limits of the parsers, which tests try.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>How many inputs the tests try: a few seconds' worth.</summary>
    public int Inputs { get; init; } = 60_000;
}
