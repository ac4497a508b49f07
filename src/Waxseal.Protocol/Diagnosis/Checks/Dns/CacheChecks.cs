using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks.Dns;

/// <summary>Checks of what the resolver still holds and no name server says any more (layer C).</summary>
internal static class CacheChecks
{
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);

    private const uint LongestTold = 7 * 86_400;
    private static readonly string[] AddressTypes = ["A", "AAAA"];

    /// <summary>The denial of the TXT record that the resolver holds, or null.</summary>
    public static Detection? DeniedRecord(CheckView view) =>
        view.Facts.Lookup(view.StsName, "TXT") is { } lookup && IsDenial(lookup.Answer)
        && HaveAll(lookup, server => CheckView.ReadSts(server.Answer) is TxtLookup<StsRecord>.Found)
            ? new("C03", Consequence.SomeUnprotected, view.StsName,
                $"The resolver says that there is no TXT record at {view.StsName}, and all of its name servers have one. It holds that {Until(view, lookup.Answer.Ttl)}.")
            : null;

    /// <summary>The denial of the policy host that the resolver holds, or null.</summary>
    public static Detection? DeniedHost(CheckView view)
    {
        ImmutableArray<LookupFacts> lookups = AddressLookups(view);
        return lookups.All(lookup => IsDenial(lookup.Answer))
            && lookups.FirstOrDefault(lookup => HaveAll(lookup, server => server.Answer.Outcome == DnsOutcome.Found)) is { } denied
                ? new("C01", Consequence.SomeUnprotected, view.PolicyHost,
                    $"The resolver says that {view.PolicyHost} has no address, and all of its name servers have one. It holds that {Until(view, denied.Answer.Ttl)}.")
                : null;
    }

    /// <summary>The old address of the policy host that the resolver holds, or null.</summary>
    // Where answers differ by who asks, as those of a CDN, all of them work.
    public static Detection? OldAddress(CheckView view)
    {
        if (view.Facts.PolicyHost.IsEmpty || view.Facts.PolicyHost.Any(address => address.Visits.Any(visit => visit is { Fault: null, Status: 200 })))
            return null;

        ImmutableArray<LookupFacts> lookups = [.. AddressLookups(view).Where(lookup => lookup.Answer is { Outcome: DnsOutcome.Found, Aliases.IsEmpty: true })];
        return lookups.FirstOrDefault(lookup => AgreeOnOthers(lookup, (held, said) => !said.Overlaps(held))) is { } old
            ? new("C10", Consequence.SomeUnprotected, view.PolicyHost,
                $"The resolver gives {Phrase.List(Addresses(old.Answer))} as its address, where no policy is to be had, and all of its name servers say {Phrase.List(Addresses(Speaking(old)[0].Answer))}. "
                + $"The resolver holds that {Until(view, old.Answer.Ttl)}.")
            {
                Share = 0.8,
                Rivals = [("D08", 0.1)],
            }
            : null;
    }

    /// <summary>The name servers' answer, where they agree on other records than the resolver holds; else null.</summary>
    public static DnsAnswerFacts? NewerAnswer(LookupFacts lookup) =>
        lookup.Answer.Outcome == DnsOutcome.Found && AgreeOnOthers(lookup, (held, said) => !said.SetEquals(held)) ? Speaking(lookup)[0].Answer : null;

    /// <summary>What a TTL means when DNS is out for a while, as a sentence.</summary>
    // Whoever asks more often than the TTL lasts meets an outage of L with the chance min(1, L / TTL); whoever asks seldom always does.
    public static string Risk(uint? ttl)
    {
        static int chance(uint ttl) => (int)Math.Round(100 * Math.Min(1, Outage.TotalSeconds / Math.Max(1, ttl)));
        return $"An outage of DNS of {Outage.TotalMinutes:0} minutes then meets a sender that writes often with a chance of {chance(ttl ?? 0)} %; with a TTL of 3600 s it is {chance(3600)} %.";
    }

    /// <summary>Until when a resolver keeps an answer, to follow "it holds that".</summary>
    public static string Until(CheckView view, uint? ttl) => ttl switch
    {
        null => "for a time that it does not tell",
        <= LongestTold when view.Facts.GatheredAt < DateTimeOffset.MaxValue.AddDays(-8) => $"for {ttl} s more, until {Phrase.Time(view.Facts.GatheredAt.AddSeconds(ttl.Value))}",
        _ => $"for {ttl} s more",
    };

    private static ImmutableArray<LookupFacts> AddressLookups(CheckView view) =>
        [.. AddressTypes.Select(type => view.Facts.Lookup(view.PolicyHost, type)).OfType<LookupFacts>()];

    private static bool IsDenial(DnsAnswerFacts answer) => answer is { Outcome: DnsOutcome.NoName or DnsOutcome.NoRecords, Aliases.IsEmpty: true };

    private static bool HaveAll(LookupFacts lookup, Func<ServerAnswerFacts, bool> has) => Speaking(lookup) is { IsEmpty: false } speaking && speaking.All(has);

    private static bool AgreeOnOthers(LookupFacts lookup, Func<HashSet<string>, HashSet<string>, bool> differs)
    {
        ImmutableArray<ServerAnswerFacts> speaking = Speaking(lookup);
        return !speaking.IsEmpty && !speaking[0].Answer.Records.IsEmpty
            && speaking.All(server => Data(server.Answer).SetEquals(Data(speaking[0].Answer)))
            && differs(Data(lookup.Answer), Data(speaking[0].Answer));
    }

    /// <summary>The answers of name servers that speak for the name.</summary>
    internal static ImmutableArray<ServerAnswerFacts> Speaking(LookupFacts lookup) =>
        [.. lookup.Servers.Where(server => server.IsAuthoritative && server.Answer.Outcome is not (DnsOutcome.Failed or DnsOutcome.Referred))];

    /// <summary>Whether the resolver fails at what all name servers answer.</summary>
    // RFC 9520 §3.2: resolvers keep failures for a while.
    public static bool HoldsFailure(LookupFacts lookup) =>
        lookup.Answer is { Outcome: DnsOutcome.Failed, Fault: "servfail" } && !lookup.IsBogus && HaveAll(lookup, server => server.Answer.Outcome == DnsOutcome.Found);

    internal static HashSet<string> Data(DnsAnswerFacts answer) => [.. answer.Records.Select(record => Convert.ToHexString(record.Data.Span))];

    private static ImmutableArray<string> Addresses(DnsAnswerFacts answer) =>
        [.. answer.Records.Select(RecordWire.Address).Select(address => address?.ToString() ?? "none")];
}
