using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Senders;

namespace Waxseal.Answers;

/// <summary>What a check of one policy domain came to. Members are only ever added; <c>version</c> changes when one must go.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Standing">How it stands in all.</param>
/// <param name="Findings">What is wrong, most urgent first; empty when all is well.</param>
/// <param name="Senders">Which large senders and programs can fetch and accept the policy.</param>
/// <param name="Tlsa">The TLSA records of each MX host that has some, held against what it sends.</param>
/// <param name="Facts">What was seen, as <c>explain --facts</c> reads it back.</param>
internal sealed record CheckedDomainJson(
    string PolicyDomain,
    CheckStanding Standing,
    ImmutableArray<FindingJson> Findings,
    ImmutableArray<SenderOutlook> Senders,
    ImmutableArray<TlsaStanding> Tlsa,
    DomainFacts Facts)
{
    public static CheckedDomainJson Of(CheckResult result) =>
        new(result.Facts.PolicyDomain, result.Standing, [.. result.Findings.Select(FindingJson.Of)], result.Senders, result.Tlsa, result.Facts);
}

/// <summary>What <c>check --json</c> writes, as it is read back.</summary>
internal sealed record CheckDocumentJson(int Version, ImmutableArray<CheckedFactsJson> Domains);

/// <summary>The facts of one policy domain as they are read back; what was found then is judged anew.</summary>
internal sealed record CheckedFactsJson(DomainFacts Facts);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16,
    Converters =
    [
        typeof(KebabCase<FaultFamily>), typeof(KebabCase<Severity>), typeof(KebabCase<State>), typeof(KebabCase<Layer>), typeof(KebabCase<Grade>), typeof(KebabCase<FindingEvidence>),
        typeof(KebabCase<CheckStanding>), typeof(KebabCase<FetchStep>), typeof(KebabCase<DnsOutcome>), typeof(KebabCase<ValidationState>),
        typeof(KebabCase<ValidationBreak>), typeof(KebabCase<HandshakeVariant>), typeof(KebabCase<HandshakeFault>), typeof(KebabCase<ConnectionFault>),
        typeof(KebabCase<SmtpStep>), typeof(KebabCase<SmtpFault>), typeof(KebabCase<TlsaFit>), typeof(KebabCase<TlsaRollover>),
    ])]
[JsonSerializable(typeof(CheckedDomainJson))]
[JsonSerializable(typeof(CheckDocumentJson))]
[JsonSerializable(typeof(FindingJson))]
[JsonSerializable(typeof(LookSummary))]
internal sealed partial class CheckJsonContext : JsonSerializerContext;
