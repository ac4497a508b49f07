using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Waxseal.Answers;

/// <summary>How what is stored is written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ReportListJson))]
[JsonSerializable(typeof(WholeReportJson))]
[JsonSerializable(typeof(AlertListJson))]
[JsonSerializable(typeof(ImmutableArray<DefectJson>))]
internal sealed partial class StoreJsonContext : JsonSerializerContext;
