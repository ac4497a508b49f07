using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Storage.Looks;

namespace Waxseal.Commands.Store;

/// <summary>A look as one line of JSON.</summary>
internal static class LookLine
{
    public static string Of(Look look)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("policy_domain", look.PolicyDomain);
            json.WriteString("looked_at", UtcTime.Of(look.At));
            json.WriteNumber("elapsed_ms", (long)look.Elapsed.TotalMilliseconds);
            json.WriteString("standing", look.Standing.ToWord());
            json.WriteNumber("errors", look.Errors);
            json.WriteNumber("warnings", look.Warnings);
            json.WriteString("headline", look.Headline);
            json.WriteStartArray("omitted");
            foreach (string omitted in look.Omitted)
                json.WriteStringValue(omitted);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
