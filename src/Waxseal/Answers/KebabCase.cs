using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waxseal.Answers;

/// <summary>Writes an enum as words joined by hyphens.</summary>
internal sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower)
    where T : struct, Enum;
