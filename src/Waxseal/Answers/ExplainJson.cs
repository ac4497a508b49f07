using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Inputs;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;

namespace Waxseal.Answers;

/// <summary>The answer of <c>explain --json</c>. Members are only ever added; <c>version</c> changes when one must go.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="AsOf">The time as of which it is answered.</param>
/// <param name="Coverage">What was read.</param>
/// <param name="Unread">What held no report that can be read.</param>
/// <param name="Skipped">How much was taken for no report.</param>
/// <param name="SkippedInputs">What was, the first thousand.</param>
/// <param name="Defects">How the reports depart from RFC 8460 §4.</param>
/// <param name="PolicyDomains">What the reports say of each policy domain.</param>
/// <param name="Findings">The findings, most urgent first.</param>
/// <param name="Deliveries">What logs and bounces tell; null where there were none.</param>
internal sealed record ExplainJson(
    int Version,
    DateTimeOffset AsOf,
    Coverage Coverage,
    ImmutableArray<UnreadInput> Unread,
    int Skipped,
    ImmutableArray<SkippedInput> SkippedInputs,
    ImmutableArray<DefectCount> Defects,
    ImmutableArray<PolicyDomainSummary> PolicyDomains,
    ImmutableArray<FindingJson> Findings,
    DeliveriesJson? Deliveries)
{
    public static ExplainJson Of(Explanation explanation, Intake intake) => new(
        1,
        explanation.AsOf,
        explanation.Coverage,
        [.. intake.Unread],
        intake.Skipped,
        [.. intake.SkippedInputs],
        intake.Defects,
        explanation.PolicyDomains,
        [.. explanation.Findings.Select(FindingJson.Of)],
        intake.HoldsDeliveries ? DeliveriesJson.Of(intake.Deliveries) : null);

    public void Write(Stream output) => JsonOutput.Write(output, this, ExplainJsonContext.Default.ExplainJson);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(KebabCase<FaultFamily>), typeof(KebabCase<Severity>), typeof(KebabCase<State>), typeof(KebabCase<Layer>),
        typeof(KebabCase<Grade>), typeof(KebabCase<FindingEvidence>),
    ])]
[JsonSerializable(typeof(ExplainJson))]
internal sealed partial class ExplainJsonContext : JsonSerializerContext;
