using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Storage.Reports;

/// <summary>All that is written of a report, reckoned before the turn of the one writer.</summary>
internal sealed class ReportRow
{
    /// <summary>The version of the reader; a change of what it makes of the same bytes raises it, and <c>store reparse</c> follows.</summary>
    public const int Reader = 1;

    private const int StateColumn = 3;
    private const int TimesColumn = 5;
    private const int LastColumn = 6;
    private const int ReportIdColumn = 15;
    private const int RangeStartColumn = 16;

    private readonly byte[] _key;
    private readonly object?[] _values;

    private ReportRow(ArrivedReport arrived, byte[] key, SessionRows? sessions)
    {
        _key = key;
        Key = StoreKey.Of(arrived.PolicyDomain, key);
        Reference = new(arrived.PolicyDomain, key);
        State = arrived.State;
        Trust = arrived.Arrival.Trust;
        At = arrived.Arrival.At.ToUnixTimeMilliseconds();
        Sessions = sessions;
        Body = [arrived.PolicyDomain, key, arrived.Body.ToArray()];
        _values = Values(arrived, key, At, sessions);
    }

    public StoreKey Key { get; }

    public ReportRef Reference { get; }

    /// <summary>By what the same would be known if nobody had proved who sent it; null when nobody has.</summary>
    public StoreKey? Unproved { get; private init; }

    /// <summary>A number that all reports with the same content have, whoever sent them.</summary>
    public long ContentNumber => BinaryPrimitives.ReadInt64BigEndian(_key.AsSpan(16));

    public ReportState State { get; }

    public Trust Trust { get; }

    public long At { get; }

    /// <summary>What it counts; null when it cannot be read.</summary>
    public SessionRows? Sessions { get; }

    /// <summary>By what one that says the same is found; null when it is proved who sent it, or it cannot be read.</summary>
    public object?[]? Claim => Trust is Trust.Verified or Trust.Relayed || Sessions is null ? null
        : [Reference.PolicyDomain, _key, _key[16..], Sessions.Reporter, _values[RangeStartColumn], _values[RangeStartColumn + 1], _values[ReportIdColumn] ?? ""];

    /// <summary>The row of its bytes.</summary>
    public object?[] Body { get; }

    /// <summary>The report as it is to be written.</summary>
    /// <param name="arrived">The report.</param>
    public static ReportRow Of(ArrivedReport arrived)
    {
        Reporter? reporter = arrived.Evidence is null ? null : KnownReporters.Identify(arrived.Evidence.Report);
        if (arrived.Evidence is null)
            return Of(arrived, SHA256.HashData(arrived.Body.Span), reporter);

        string? submitter = arrived.Arrival.Trust is Trust.Verified or Trust.Relayed ? arrived.Arrival.Submitter : null;
        byte[] key = ReportIdentity.Of(submitter, arrived.Evidence).Key;
        return submitter is null
            ? Of(arrived, key, reporter)
            : Of(arrived, key, reporter, StoreKey.Of(arrived.PolicyDomain, ReportIdentity.Of(null, arrived.Evidence).Key));
    }

    /// <summary>The same under a key that it has already.</summary>
    public static ReportRow Of(ArrivedReport arrived, byte[] key) =>
        Of(arrived, key, arrived.Evidence is null ? null : KnownReporters.Identify(arrived.Evidence.Report));

    /// <summary>The row, with what it became among the others and how often it came.</summary>
    public object?[] Values(ReportState state, long times, long lastAt)
    {
        object?[] values = [.. _values];
        (values[StateColumn], values[TimesColumn], values[LastColumn]) = (state.ToWord(), times, lastAt);
        return values;
    }

    /// <summary>The row as named values, for a report that was in a state before.</summary>
    public (string Name, object? Value)[] Parameters(ReportState before) =>
        [.. ReportTables.Columns.Select((column, i) => (column.Name, _values[i])).Where(value => value.Name is not ("identity" or "received_at" or "times_received" or "last_received_at" or "channel" or "origin" or "trust" or "trust_reason" or "submitter")), ("state_before", before.ToWord())];

    private static ReportRow Of(ArrivedReport arrived, byte[] key, Reporter? reporter, StoreKey? unproved = null) =>
        new(arrived, key, reporter is null ? null : SessionRows.Of(arrived.PolicyDomain, key, arrived.Evidence!, reporter)) { Unproved = unproved };

    // In the order of ReportTables.Columns.
    private static object?[] Values(ArrivedReport arrived, byte[] key, long at, SessionRows? sessions)
    {
        Report? report = arrived.Evidence?.Report;
        return
        [
            arrived.PolicyDomain, key, key[..16], arrived.State.ToWord(), at, 1L, at,
            arrived.Arrival.Channel.ToWord(), Storable(arrived.Arrival.Origin), arrived.Arrival.Trust.ToWord(), Storable(arrived.Arrival.TrustReason), Storable(arrived.Arrival.Submitter),
            sessions?.Reporter ?? "", Storable(report?.OrganizationName), Storable(report?.ContactInfo), Storable(report?.ReportId),
            report?.DateRange.Start.ToUnixTimeMilliseconds(), report?.DateRange.End.ToUnixTimeMilliseconds(),
            report is null ? null : (long)Day.Number(report.DateRange.FirstDay), report is null ? null : (long)Day.Number(report.DateRange.LastDay),
            SessionRows.Json(sessions?.PolicyDomains ?? []), sessions?.Successful ?? 0L, sessions?.Failed ?? 0L,
            DefectsJson(arrived), Storable(arrived.Fault), (long)Reader,
        ];
    }

    /// <summary>A text that both databases take: PostgreSQL has no NUL, and neither has lone halves of characters.</summary>
    internal static string? Storable(string? text) => text is null ? null : Clean(text);

    private static string Clean(string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal) && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
            return text;
        return string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
    }

    private static string DefectsJson(ArrivedReport arrived)
    {
        if (arrived.Defects.IsEmpty)
            return "[]";

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
