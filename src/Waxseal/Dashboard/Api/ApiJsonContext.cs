using System.Text.Json.Serialization;
using Waxseal.Answers;
using Waxseal.Dashboard.Api.Documents;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;

namespace Waxseal.Dashboard.Api;

/// <summary>How what the API alone answers is written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(UtcTimeConverter), typeof(KebabCase<FaultFamily>), typeof(KebabCase<Severity>), typeof(KebabCase<State>), typeof(KebabCase<Layer>), typeof(KebabCase<Grade>), typeof(KebabCase<FindingEvidence>),
    ])]
[JsonSerializable(typeof(DomainListJson))]
[JsonSerializable(typeof(DomainJson))]
[JsonSerializable(typeof(DayListJson))]
[JsonSerializable(typeof(ChangeListJson))]
[JsonSerializable(typeof(FindingListJson))]
[JsonSerializable(typeof(WholeFindingJson))]
[JsonSerializable(typeof(ReporterListJson))]
[JsonSerializable(typeof(ReporterJson))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(CheckRequestJson))]
[JsonSerializable(typeof(TokenListJson))]
[JsonSerializable(typeof(MadeTokenJson))]
[JsonSerializable(typeof(NewTokenJson))]
[JsonSerializable(typeof(AccountListJson))]
[JsonSerializable(typeof(NewAccountJson))]
[JsonSerializable(typeof(AccountChangeJson))]
[JsonSerializable(typeof(TenantListJson))]
[JsonSerializable(typeof(NewTenantJson))]
[JsonSerializable(typeof(KnownDomainListJson))]
[JsonSerializable(typeof(RouteListJson))]
[JsonSerializable(typeof(RouteTestJson))]
[JsonSerializable(typeof(RetentionJson))]
[JsonSerializable(typeof(CleanedJson))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
