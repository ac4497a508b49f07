using System.Collections.Immutable;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Exchange;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing.Facts;

/// <summary>Writes answers of DNS down as facts.</summary>
internal static class AnswerFacts
{
    /// <summary>What a resolver said.</summary>
    public static DnsAnswerFacts Of(DnsLookup lookup)
    {
        DnsAnswerFacts facts = lookup switch
        {
            DnsLookup.Found found => new(DnsOutcome.Found, 0) { Records = RecordsOf(found.Records), Ttl = found.Ttl },
            DnsLookup.Absent absent => new(absent.NameExists ? DnsOutcome.NoRecords : DnsOutcome.NoName, 0) { Ttl = absent.NegativeTtl },
            DnsLookup.Failed failed => new(DnsOutcome.Failed, 0)
            {
                Fault = WordOf(failed.Fault),
                Reason = failed.Reason,
                Errors = ErrorsOf(failed.Errors),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return facts with
        {
            ElapsedMs = Milliseconds.Of(lookup.Elapsed),
            Aliases = [.. lookup.Aliases.Select(alias => alias.ToString())],
            IsSecure = lookup.IsSecure,
        };
    }

    /// <summary>What one name server said, aliases not followed.</summary>
    public static DnsAnswerFacts Of(DnsQuestion question, ExchangeResult result) => result switch
    {
        ExchangeResult.Answered answered => OfMessage(question, answered.Message) with { ElapsedMs = Milliseconds.Of(answered.Elapsed) },
        ExchangeResult.TimedOut => Failed("timeout", "no answer in time"),
        ExchangeResult.Truncated { Reason: var reason } => Failed("truncated", $"the answer does not fit into UDP, and TCP gives none: {reason}"),
        ExchangeResult.Unreachable { Reason: "network unreachable" } => Failed("no-route", "no way leads there from here"),
        ExchangeResult.Unreachable unreachable => Failed("unreachable", unreachable.Reason),
        _ => Failed("case-lost", "the letters of the name came back in another case"),
    };

    private static DnsAnswerFacts OfMessage(DnsQuestion question, DnsMessage message)
    {
        if (message.Rcode is not (DnsRcode.NoError or DnsRcode.NxDomain))
        {
            return Failed(WordOf(message.Rcode), $"answered {WordOf(message.Rcode).ToUpperInvariant()}") with
            {
                Errors = ErrorsOf(message.Edns?.Errors ?? []),
            };
        }

        ImmutableArray<DnsRecord> records = [.. message.Answers.Where(record => record.Type == question.Type)];
        ImmutableArray<string> aliases =
        [
            .. message.Answers.Where(record => record.Type == DnsType.Cname && question.Type != DnsType.Cname)
                .Select(record => DnsName.FromWire(record.Data.Span).ToString()),
        ];
        return new DnsAnswerFacts(OutcomeOf(message, records.IsEmpty), 0)
        {
            Records = RecordsOf(records),
            Aliases = aliases,
            Ttl = records.IsEmpty ? null : records.Min(record => record.Ttl),
        };
    }

    // RFC 1034 §4.3.2: a server that is no authority for the name answers with the name servers of the zone below.
    private static DnsOutcome OutcomeOf(DnsMessage message, bool isEmpty) =>
        !isEmpty ? DnsOutcome.Found
        : message.Rcode == DnsRcode.NxDomain ? DnsOutcome.NoName
        : !message.Bits.HasFlag(DnsHeaderBits.Authoritative) && message.Authority.Any(record => record.Type == DnsType.Ns) ? DnsOutcome.Referred
        : DnsOutcome.NoRecords;

    private static DnsAnswerFacts Failed(string fault, string reason) => new(DnsOutcome.Failed, 0) { Fault = fault, Reason = reason };

    private static ImmutableArray<DnsRecordFacts> RecordsOf(ImmutableArray<DnsRecord> records) =>
        [.. records.Select(record => new DnsRecordFacts(record.Owner.ToString(), record.Ttl, record.Data))];

    private static ImmutableArray<ExtendedErrorFacts> ErrorsOf(ImmutableArray<ExtendedError> errors) =>
        [.. errors.Select(error => new ExtendedErrorFacts(error.InfoCode, error.Text))];

    private static string WordOf(DnsFault fault) => fault switch
    {
        DnsFault.Timeout => "timeout",
        DnsFault.Unreachable => "unreachable",
        DnsFault.ServFail => "servfail",
        DnsFault.Refused => "refused",
        DnsFault.AliasLoop => "alias-loop",
        _ => "rcode",
    };

    private static string WordOf(DnsRcode rcode) =>
        Enum.IsDefined(rcode) ? rcode.ToString().ToLowerInvariant() : $"rcode{(ushort)rcode}";
}
