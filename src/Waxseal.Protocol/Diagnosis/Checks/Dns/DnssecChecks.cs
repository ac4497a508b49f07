using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Checks.Dns;

/// <summary>Checks of DNSSEC for the MX records and the addresses of the MX hosts (layer L).</summary>
internal static class DnssecChecks
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(3);

    /// <summary>The cause of a break in the chain of signatures, or null where it is not known.</summary>
    public static string? CauseOf(ValidationBreak? found) => found switch
    {
        ValidationBreak.SignatureExpired or ValidationBreak.SignatureNotYetValid => "L13",
        ValidationBreak.DsWithoutKey or ValidationBreak.NoKeys or ValidationBreak.UnknownKey => "L14",
        ValidationBreak.NoDenial => "L11",
        _ => null,
    };

    public static IEnumerable<Detection> Find(CheckView view) => LargeKeys(view).Concat(Bogus(view)).Concat(Ending(view));

    /// <summary>Whether a name server says that its answer does not fit into UDP, and gives none over TCP.</summary>
    public static bool DoesNotFit(ServerAnswerFacts server) => server.Answer is { Outcome: DnsOutcome.Failed, Fault: "truncated" };

    /// <summary>Whether a zone above a name has keys that do not fit, so that a resolver cannot tell whether its answers are bogus.</summary>
    public static bool KeysDoNotFit(CheckView view, string name) => view.Facts.Lookups.Any(lookup =>
        lookup.Type == "DNSKEY" && lookup.Servers.Any(DoesNotFit) && (name == lookup.Name || name.EndsWith("." + lookup.Name, StringComparison.Ordinal)));

    // A resolver without the keys of a zone has nothing to validate its answers with.
    private static IEnumerable<Detection> LargeKeys(CheckView view) =>
        from lookup in view.Facts.Lookups
        where lookup.Type == "DNSKEY" && lookup.Servers.Any(DoesNotFit)
        let failing = lookup.Servers.Where(DoesNotFit).ToImmutableArray()
        select new Detection("L24", Consequence.HeldBackByDnssec, lookup.Name,
            $"DNSKEY of {lookup.Name}: {string.Join("; ", failing.Take(4).Select(server => $"{server.Server} ({server.Address}): {server.Answer.Reason}"))}.");

    // RFC 7672 §2.1.2: whom the resolver refuses an answer, that sender cannot deliver.
    private static IEnumerable<Detection> Bogus(CheckView view)
    {
        ImmutableArray<LookupFacts> bogus = [.. view.Facts.Lookups.Where(lookup => (lookup.IsBogus || IsUnnoticed(view, lookup)) && IsOfMx(view, lookup))];
        if (bogus.IsEmpty || KeysDoNotFit(view, bogus[0].Name))
            yield break;

        string? causeId = CauseOf(view, bogus);
        yield return new(causeId ?? "L14", Consequence.HeldBackByDnssec, bogus[0].Name,
            $"Resolvers that validate get no answer for {Phrase.List([.. bogus.Select(lookup => $"{lookup.Type} of {lookup.Name}")])}, and others do.{Why(view, bogus)}")
        {
            Share = causeId is null ? 0.45 : 0.95,
            Rivals = causeId is null ? [("L13", 0.45)] : [],
        };
    }

    /// <summary>The cause that our own validation shows behind bogus answers, or else the resolver's word for them; null where neither tells.</summary>
    public static string? CauseOf(CheckView view, IEnumerable<LookupFacts> bogus) => CauseOf(view.ValidationOf(bogus)?.Break) ?? ExtendedErrors.CauseOf(bogus);

    /// <summary>Why answers are bogus, as far as it is known: sentences that begin with a blank, or nothing.</summary>
    public static string Why(CheckView view, IEnumerable<LookupFacts> bogus) =>
        string.Concat((view.ValidationOf(bogus) is { Detail.Length: > 0 } validation
                ? [$"Our own validation says why: {validation.Detail}."]
                : new[] { ExtendedErrors.Said(bogus), view.UnbegunValidation })
            .Where(sentence => sentence.Length > 0).Select(sentence => $" {sentence}"));

    // A resolver that does not validate gives what those that do refuse.
    private static bool IsUnnoticed(CheckView view, LookupFacts lookup) =>
        view.Facts.Resolver.Validates == false && view.ValidationOf([lookup]) is not null;

    private static bool IsOfMx(CheckView view, LookupFacts lookup) =>
        (lookup.Name == view.Domain && lookup.Type == "MX")
        || (lookup.Type is "A" or "AAAA" && view.Facts.MxHosts.Any(host => host.Name == lookup.Name));

    // Some sign anew for a day or two each time; only what is near its end by its own measure is overdue.
    private static IEnumerable<Detection> Ending(CheckView view) =>
        from zone in view.Facts.Zones
        where zone.IsSigned == true
        let first = zone.Servers.Select(server => server.Signature).OfType<SignatureTime>().MinBy(signature => signature.Ends)
        where first is not null
        let left = first.Ends - view.Facts.GatheredAt
        where left > TimeSpan.Zero && left < Soon && left < (first.Ends - first.Begins) / 8
        select new Detection("L29", Consequence.Fragile, zone.Name,
            $"The signature over the SOA record of {zone.Name} ends {first.Ends:yyyy-MM-dd HH:mm} UTC; it was made to last from {first.Begins:yyyy-MM-dd}.");
}
