using Waxseal.Net.Dns.Validation.Signatures;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>Where a chain of signatures ends.</summary>
/// <param name="State">What it comes to.</param>
/// <param name="Zone">The zone in which it ends or breaks.</param>
/// <param name="Break">What breaks it; null when nothing does.</param>
/// <param name="Detail">More of it in a sentence; empty when it holds.</param>
internal sealed record ChainVerdict(ValidationState State, DnsName Zone, ValidationBreak? Break, string Detail)
{
    /// <summary>When the first signature of it ends.</summary>
    public DateTimeOffset? FirstEnd { get; init; }

    /// <summary>Where the name leads to, when it is an alias.</summary>
    public DnsName? Alias { get; init; }

    /// <summary>The chain holds.</summary>
    public static ChainVerdict Secure(DnsName zone) => new(ValidationState.Secure, zone, null, "");

    /// <summary>It is proven that the chain ends.</summary>
    public static ChainVerdict Insecure(DnsName zone, string detail) => new(ValidationState.Insecure, zone, null, detail);

    /// <summary>DNS does not give what is needed.</summary>
    public static ChainVerdict Indeterminate(DnsName zone, string detail) =>
        new(ValidationState.Indeterminate, zone, null, detail);

    /// <summary>The chain breaks.</summary>
    public static ChainVerdict Bogus(DnsName zone, ValidationBreak what, string detail) =>
        new(ValidationState.Bogus, zone, what, detail);

    /// <summary>The chain breaks at a set of records; or may break, when its signature cannot be checked here.</summary>
    public static ChainVerdict Broken(DnsName zone, SetVerdict.Fails failure) =>
        Bogus(zone, failure.Break, failure.Detail) with
        {
            State = failure.Break == ValidationBreak.UnknownAlgorithm ? ValidationState.Indeterminate : ValidationState.Bogus,
            FirstEnd = failure.End,
        };

    /// <summary>The verdict on a part of a longer chain.</summary>
    /// <param name="end">When the first signature of the rest of it ends.</param>
    public ChainVerdict After(DateTimeOffset? end) => this with { FirstEnd = Earlier(FirstEnd, end) };

    /// <summary>The earlier of two times that may not be there.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? first, DateTimeOffset? second) =>
        second is null || first < second ? first ?? second : second;
}
