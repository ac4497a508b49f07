using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>The answer as SARIF 2.1.0: the causes of the catalogue are its rules.</summary>
internal sealed class CheckSarif : ICheckOutput
{
    private readonly Stream _output;
    private readonly Utf8JsonWriter _writer;

    public CheckSarif(Stream output)
    {
        _output = output;
        _writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true });
        _writer.WriteStartObject();
        _writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        _writer.WriteString("version", "2.1.0");
        _writer.WriteStartArray("runs");
        _writer.WriteStartObject();
        WriteTool();
        _writer.WriteStartArray("results");
    }

    public void Write(CheckResult result)
    {
        foreach (Finding finding in result.Findings)
            Write(result.Facts.PolicyDomain, finding);
        _writer.Flush();
    }

    public void End()
    {
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.Flush();
        _output.WriteByte((byte)'\n');
    }

    public void Dispose() => _writer.Dispose();

    private void WriteTool()
    {
        _writer.WriteStartObject("tool");
        _writer.WriteStartObject("driver");
        _writer.WriteString("name", "waxseal");
        _writer.WriteString("version", typeof(CheckSarif).Assembly.GetName().Version?.ToString(3));
        _writer.WriteStartArray("rules");
        foreach (Cause cause in Catalogue.All)
        {
            _writer.WriteStartObject();
            _writer.WriteString("id", cause.Id);
            Text("shortDescription", InGeneral(cause.Title));
            Text("help", InGeneral(cause.Fix));
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void Write(string policyDomain, Finding finding)
    {
        _writer.WriteStartObject();
        _writer.WriteString("ruleId", finding.Ranking.Causes[0].Cause.Id);
        _writer.WriteString("level", finding.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "note",
        });
        Text("message", $"{finding.Title}. {finding.Happened} {finding.Effect} {string.Join(' ', finding.Actions)}");
        _writer.WriteStartArray("locations");
        _writer.WriteStartObject();
        _writer.WriteStartArray("logicalLocations");
        _writer.WriteStartObject();
        _writer.WriteString("name", policyDomain);
        _writer.WriteString("kind", "resource");
        _writer.WriteEndObject();
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.WriteEndArray();
        _writer.WriteEndObject();
    }

    // A rule speaks of no policy domain in particular.
    private static string InGeneral(string text) => text
        .Replace("{domain}", "the policy domain", StringComparison.Ordinal).Replace("{host}", "the policy host", StringComparison.Ordinal)
        .Replace("{reporter}", "the sender", StringComparison.Ordinal).Replace("{day}", "the day", StringComparison.Ordinal)
        .Replace("{mx}", "<MX host>", StringComparison.Ordinal)
        .Replace("{mx-lines}", "a line for each MX host", StringComparison.Ordinal);

    private void Text(string name, string text)
    {
        _writer.WriteStartObject(name);
        _writer.WriteString("text", text);
        _writer.WriteEndObject();
    }
}
