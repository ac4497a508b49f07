using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Looks;

namespace Waxseal.Commands.Store;

/// <summary>The answer of <c>store history --json</c>. Members are only ever added; <c>version</c> changes when one must go.</summary>
internal sealed class HistoryJson(Utf8JsonWriter json)
{
    private const int Version = 1;

    public static void Write(
        Stream output, IEnumerable<Look> last, ImmutableArray<HistoryEntry> entries, IEnumerable<ObservedPeriod> now, IEnumerable<CertificatePeriod> certificates)
    {
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            HistoryJson history = new(json);
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            history.List("lastLooks", last, look => history.Write(look, look.At, 1));
            history.List("looks", entries.Where(entry => entry.Look is not null), entry => history.Write(entry.Look!, entry.Until, entry.Looks));
            history.List("changes", entries.Where(entry => entry.Change is not null), entry => history.Write(entry.Change!));
            history.List("current", now, history.Write);
            history.List("certificates", certificates, history.Write);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private void List<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Texts(string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private void Write(Look look, DateTimeOffset to, int looks)
    {
        json.WriteString("policyDomain", look.PolicyDomain);
        json.WriteString("from", look.At);
        json.WriteString("to", to);
        json.WriteNumber("looks", looks);
        json.WriteString("standing", look.Standing.ToWord());
        json.WriteString("headline", look.Headline);
        json.WriteNumber("errors", look.Errors);
        json.WriteNumber("warnings", look.Warnings);
        Texts("omitted", look.Omitted);
    }

    private void Write(ObservedChange change)
    {
        json.WriteString("kind", change.Kind.ToWord());
        json.WriteString("subject", change.Subject);
        json.WriteString("after", change.After);
        json.WriteString("by", change.By);
        json.WriteString("before", change.Before.Value);
        json.WriteString("then", change.Then.Value);
    }

    private void Write(ObservedPeriod period)
    {
        json.WriteString("kind", period.Kind.ToWord());
        json.WriteString("subject", period.Subject);
        json.WriteString("value", period.Value);
        json.WriteString("firstSeen", period.FirstSeen);
        json.WriteString("lastSeen", period.LastSeen);
    }

    private void Write(CertificatePeriod period)
    {
        ObservedCertificate certificate = period.Certificate;
        json.WriteString("host", certificate.Host);
        json.WriteString("fingerprint", certificate.Fingerprint);
        json.WriteString("keyDigest", certificate.KeyDigest);
        json.WriteString("notBefore", certificate.NotBefore);
        json.WriteString("notAfter", certificate.NotAfter);
        json.WriteString("issuer", certificate.Issuer);
        Texts("names", certificate.Names);
        json.WriteString("firstSeen", period.FirstSeen);
        json.WriteString("lastSeen", period.LastSeen);
    }
}
