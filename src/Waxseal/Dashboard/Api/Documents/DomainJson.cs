using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Dashboard.Readings;
using Waxseal.Protocol.Diagnosis.Readiness;
using Waxseal.Storage.Looks;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>One policy domain.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="State">How it stands: fine, needs-a-look, broken or no-reports.</param>
/// <param name="OpenFindings">How many findings are open.</param>
/// <param name="Look">The last look; null when nobody looks.</param>
/// <param name="Readiness">Whether the policy may go to mode enforce.</param>
/// <param name="Published">What was there when it was last looked at.</param>
internal sealed record DomainJson(
    int Version, string PolicyDomain, string State, int OpenFindings, LookJson? Look, ReadinessJson Readiness, ImmutableArray<PublishedJson> Published)
{
    public static DomainJson Of(Domain domain) => new(
        1, domain.PolicyDomain, DomainLineJson.StateOf(domain.Tone), domain.Findings.Count(finding => finding.IsOpen), domain.Look is { } look ? LookJson.Of(look) : null,
        ReadinessJson.Of(domain.Readiness), [.. domain.Now.Select(PublishedJson.Of)]);
}

/// <summary>A look at a policy domain.</summary>
/// <param name="At">When it was.</param>
/// <param name="Standing">How the policy domain stood: healthy, without-policy, flawed, broken, or unknown when the look could not be done.</param>
/// <param name="Headline">The same in a sentence.</param>
/// <param name="Errors">Findings that hold mail back, or may.</param>
/// <param name="Warnings">Findings of what is not as it should be.</param>
/// <param name="Omitted">What could not be looked at.</param>
internal sealed record LookJson(DateTimeOffset At, string Standing, string Headline, int Errors, int Warnings, ImmutableArray<string> Omitted)
{
    public static LookJson Of(Look look) => new(look.At, look.Standing.ToWord(), look.Headline, look.Errors, look.Warnings, look.Omitted);
}

/// <summary>Whether a policy in mode testing may go to mode enforce.</summary>
/// <param name="Verdict">unknown, no-policy, not-yet, ready or enforced.</param>
/// <param name="Reasons">What it rests on, and what is missing, in sentences.</param>
/// <param name="Days">Days of which at least one report came, of the last 21.</param>
/// <param name="Sessions">Sessions of these days.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Reporters">Who reported.</param>
internal sealed record ReadinessJson(string Verdict, ImmutableArray<string> Reasons, int Days, long Sessions, long Failed, ImmutableArray<string> Reporters)
{
    public static ReadinessJson Of(EnforceReadiness readiness) => new(
        JsonNamingPolicy.KebabCaseLower.ConvertName(readiness.Verdict.ToString()), readiness.Reasons, readiness.Days, readiness.Sessions, readiness.Failed, readiness.Reporters);
}
