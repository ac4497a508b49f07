using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Storage.Reports;

/// <summary>The row of a report, ready to be written.</summary>
internal sealed class ReportRow
{
    /// <summary>The version of the reader; a change of what it makes of the same bytes raises it, and <c>store reparse</c> follows.</summary>
    public const int Reader = 1;

    private ReportRow(byte[] key, byte[] identity, byte[] body, (string, object?)[] parameters)
    {
        Key = key;
        Identity = identity;
        Body = body;
        Parameters = parameters;
    }

    public byte[] Key { get; }

    public byte[] Identity { get; }

    public byte[] Body { get; }

    public (string Name, object? Value)[] Parameters { get; }

    public static ReportRow Of(ArrivedReport arrived, byte[] key, byte[] identity)
    {
        Report? report = arrived.Evidence?.Report;
        ImmutableArray<PolicySessions> sessions = arrived.Evidence is null ? [] : PolicySessions.Of(arrived.Evidence);
        PolicySessions[] counted = [.. sessions.Where(policy => !policy.CountedElsewhere)];
        return new(key, identity, arrived.Body.ToArray(),
        [
            ("policy_domain", arrived.PolicyDomain),
            ("report_key", key),
            ("identity", identity),
            ("state", arrived.State.ToWord()),
            ("at", arrived.Arrival.At.ToUnixTimeMilliseconds()),
            ("channel", arrived.Arrival.Channel.ToWord()),
            ("origin", Storable(arrived.Arrival.Origin)),
            ("trust", arrived.Arrival.Trust.ToWord()),
            ("trust_reason", Storable(arrived.Arrival.TrustReason)),
            ("submitter", Storable(arrived.Arrival.Submitter)),
            ("reporter", Storable(arrived.Reporter)),
            ("organization_name", Storable(report?.OrganizationName)),
            ("contact_info", Storable(report?.ContactInfo)),
            ("report_id", Storable(report?.ReportId)),
            ("range_start", report?.DateRange.Start.ToUnixTimeMilliseconds()),
            ("range_end", report?.DateRange.End.ToUnixTimeMilliseconds()),
            ("first_day", report is null ? null : Day.Number(report.DateRange.FirstDay)),
            ("last_day", report is null ? null : Day.Number(report.DateRange.LastDay)),
            ("policy_domains", SessionRows.Json([.. sessions.Select(policy => policy.PolicyDomain).Distinct()])),
            ("successful", SessionCount.Sum(counted.Select(policy => policy.Policy.SuccessfulSessions))),
            ("failed", SessionCount.Sum(counted.Select(policy => policy.Policy.FailedSessions))),
            ("defects", DefectsJson(arrived)),
            ("fault", Storable(arrived.Fault)),
            ("reader", Reader),
        ]);
    }

    /// <summary>A text that both databases take: PostgreSQL has no NUL, and neither has lone halves of characters.</summary>
    internal static string? Storable(string? text) => text is null ? null : Clean(text);

    private static string Clean(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate))
            return text;
        return string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
    }

    private static string DefectsJson(ArrivedReport arrived)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartArray();
            foreach (ReportDefect defect in arrived.Defects)
            {
                json.WriteStartObject();
                json.WriteString("code", defect.Code);
                json.WriteString("at", Clean(defect.JsonPointer));
                json.WriteNumber("offset", defect.Offset);
                json.WriteString("message", Clean(defect.Message));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
