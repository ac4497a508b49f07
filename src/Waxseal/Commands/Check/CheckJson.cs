using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Commands.Check.Outputs;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Commands.Check;

/// <summary>The answer as JSON: one object, with one entry of <c>domains</c> for each policy domain.</summary>
internal sealed class CheckJson : ICheckOutput
{
    public const int Version = 1;

    private readonly Stream _output;
    private readonly Utf8JsonWriter _writer;

    public CheckJson(Stream output)
    {
        _output = output;
        _writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true });
        _writer.WriteStartObject();
        _writer.WriteNumber("version", Version);
        _writer.WriteStartArray("domains");
    }

    public void Write(CheckResult result)
    {
        JsonSerializer.Serialize(_writer, CheckedDomainJson.Of(result), CheckJsonContext.Default.CheckedDomainJson);
        _writer.Flush();
    }

    public void End()
    {
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Flush();
        _output.WriteByte((byte)'\n');
    }

    public void Dispose() => _writer.Dispose();
}
