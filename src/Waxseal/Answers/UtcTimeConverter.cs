using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waxseal.Answers;

/// <summary>Writes times as <see cref="UtcTime"/> has them.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(UtcTime.Of(value));
}
