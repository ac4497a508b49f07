using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Senders;

namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>What the facts about a policy domain come to.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Standing">How the policy domain stands in all.</param>
/// <param name="Findings">What there is to say, most urgent first.</param>
/// <param name="Senders">Which known senders can get and accept the policy; empty where no policy is meant to be.</param>
public sealed record CheckResult(
    DomainFacts Facts, CheckStanding Standing, ImmutableArray<Finding> Findings, ImmutableArray<SenderOutlook> Senders)
{
    /// <summary>What was not looked at, by choice or for want of time; empty when everything was.</summary>
    public ImmutableArray<string> Omitted { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The TLSA records of each MX host that has some, held against what it sends.</summary>
    public ImmutableArray<TlsaStanding> Tlsa { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>How a policy domain stands in all.</summary>
public enum CheckStanding
{
    /// <summary>There is a policy, and nothing is wrong with it.</summary>
    Healthy,

    /// <summary>There is no policy, and no sign that one was meant to be.</summary>
    WithoutPolicy,

    /// <summary>Something is not as it should be; mail goes on.</summary>
    Flawed,

    /// <summary>Mail is held back, or may be.</summary>
    Broken,

    /// <summary>The resolver gave no answers, so nothing is known.</summary>
    Unknown,
}
