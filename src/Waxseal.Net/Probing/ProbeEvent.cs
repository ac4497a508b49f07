using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing;

/// <summary>Something that was found while the rest is still being gathered, for those who watch.</summary>
/// <param name="AtMs">When, in milliseconds from the beginning.</param>
public abstract record ProbeEvent(double AtMs)
{
    /// <summary>A name and type was looked up.</summary>
    /// <param name="AtMs">When, in milliseconds from the beginning.</param>
    /// <param name="Lookup">What became of it.</param>
    public sealed record LookedUp(double AtMs, LookupFacts Lookup) : ProbeEvent(AtMs);

    /// <summary>The policy host was visited at one address.</summary>
    /// <param name="AtMs">When, in milliseconds from the beginning.</param>
    /// <param name="Address">What was seen.</param>
    public sealed record VisitedPolicyHost(double AtMs, PolicyHostAddressFacts Address) : ProbeEvent(AtMs);

    /// <summary>An MX host was visited at one address.</summary>
    /// <param name="AtMs">When, in milliseconds from the beginning.</param>
    /// <param name="MxHost">The MX host.</param>
    /// <param name="Address">What was seen.</param>
    public sealed record VisitedMxHost(double AtMs, string MxHost, MxAddressFacts Address) : ProbeEvent(AtMs);

    /// <summary>A zone and its name servers were found.</summary>
    /// <param name="AtMs">When, in milliseconds from the beginning.</param>
    /// <param name="Zone">The zone.</param>
    public sealed record FoundZone(double AtMs, ZoneFacts Zone) : ProbeEvent(AtMs);
}
