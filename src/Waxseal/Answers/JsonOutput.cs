using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waxseal.Answers;

/// <summary>Writes the JSON answers of commands.</summary>
internal static class JsonOutput
{
    // The answers are no part of a web page, so apostrophes and letters outside ASCII may stand as they are.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes a value and a line end.</summary>
    public static void Write<T>(Stream output, T value, JsonTypeInfo<T> type)
    {
        using (Utf8JsonWriter writer = new(output, new JsonWriterOptions { Encoder = Encoder, Indented = type.Options.WriteIndented }))
            JsonSerializer.Serialize(writer, value, type);
        output.WriteByte((byte)'\n');
    }
}
