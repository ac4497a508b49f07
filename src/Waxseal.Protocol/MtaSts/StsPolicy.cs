using System.Collections.Immutable;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.MtaSts;

/// <summary>
/// An MTA-STS policy (RFC 8461 §3.2). Two policies are equal when a sending MTA would act alike on them, however
/// they are written.
/// </summary>
public sealed record StsPolicy
{
    /// <summary>The only version there is.</summary>
    public const string Version = "STSv1";

    /// <summary>The largest <c>max_age</c>: 31557600 seconds, a year (RFC 8461 §3.2).</summary>
    public static readonly TimeSpan LongestMaxAge = TimeSpan.FromSeconds(31_557_600);

    /// <summary>A policy from its parts.</summary>
    /// <param name="mode">What to do about an MX host that does not meet the policy.</param>
    /// <param name="maxAge">Lifetime after a fetch: whole seconds, from 0 to <see cref="LongestMaxAge"/>.</param>
    /// <param name="mxPatterns">The MX hosts allowed; empty only when <paramref name="mode"/> is none.</param>
    /// <exception cref="ArgumentException">The parts are no policy.</exception>
    public StsPolicy(StsMode mode, TimeSpan maxAge, ImmutableArray<MxPattern> mxPatterns)
        : this(mode, maxAge, mxPatterns, StsPolicyWriter.Lines(mode, maxAge, mxPatterns))
    {
    }

    internal StsPolicy(
        StsMode mode, TimeSpan maxAge, ImmutableArray<MxPattern> mxPatterns, ImmutableArray<string> lines)
    {
        if (maxAge < TimeSpan.Zero || maxAge > LongestMaxAge || maxAge.Ticks % TimeSpan.TicksPerSecond != 0)
            throw new ArgumentOutOfRangeException(nameof(maxAge), maxAge, "max_age is 0 to 31557600 whole seconds.");

        // RFC 8461 §3.2: at least one mx, except when the mode is none.
        if (mode != StsMode.None && mxPatterns.IsEmpty)
            throw new ArgumentException("A policy of this mode needs an MX pattern.", nameof(mxPatterns));

        (Mode, MaxAge, MxPatterns, Lines) = (mode, maxAge, mxPatterns, lines);
    }

    /// <summary>What to do about an MX host that does not meet the policy.</summary>
    public StsMode Mode { get; }

    /// <summary>How long after its fetch the policy may be used, in whole seconds.</summary>
    public TimeSpan MaxAge { get; }

    /// <summary>The MX hosts allowed, in the order of the policy.</summary>
    public ImmutableArray<MxPattern> MxPatterns { get; }

    /// <summary>
    /// The lines as the policy domain published them, without line ends and without empty lines: the
    /// <c>policy-string</c> of a report (RFC 8460 §4.5).
    /// </summary>
    public ImmutableArray<string> Lines { get; }

    /// <summary>Whether any pattern allows the MX host (RFC 8461 §4.1).</summary>
    /// <param name="mxHost">The name in the MX record, or the policy domain itself when it has no MX record.</param>
    public bool Allows(DomainName mxHost)
    {
        foreach (MxPattern pattern in MxPatterns)
        {
            if (pattern.Matches(mxHost))
                return true;
        }

        return false;
    }

    /// <summary>Whether a sending MTA would act alike on both policies.</summary>
    public bool Equals(StsPolicy? other) =>
        other is not null
        && Mode == other.Mode
        && MaxAge == other.MaxAge
        && MxPatterns.AsSpan().SequenceEqual(other.MxPatterns.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Mode, MaxAge, MxPatterns.Length);
}
