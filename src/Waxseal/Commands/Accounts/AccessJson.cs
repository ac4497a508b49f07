using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>The lists of <c>account ... list --json</c>. Members are only ever added; <c>version</c> changes when one must go.</summary>
internal static class AccessJson
{
    public static void Write<T>(Surroundings surroundings, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        surroundings.Out.Flush();
        using (Utf8JsonWriter json = new(surroundings.OutStream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray(name);
            foreach (T item in items)
            {
                json.WriteStartObject();
                write(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        surroundings.OutStream.WriteByte((byte)'\n');
    }
}
