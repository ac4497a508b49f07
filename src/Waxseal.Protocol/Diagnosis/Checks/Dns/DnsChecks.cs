using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks.Dns;

/// <summary>Checks of the addresses of the policy host, and of DNSSEC on the way to them (layer B).</summary>
internal static class DnsChecks
{
    private const uint ShortTtl = 300;
    private const int ManyAliases = 8;
    private static readonly string[] AddressTypes = ["A", "AAAA"];

    public static IEnumerable<Detection> Find(CheckView view)
    {
        if (IsGone(view))
            return [new("B15", Consequence.NoMail, view.Domain, $"The parent zone says that {view.Domain} does not exist.") { Share = 0.7 }];

        return Bogus(view).Concat(view.MeansToHavePolicy ? Address(view) : []);
    }

    /// <summary>Whether the policy domain itself does not exist.</summary>
    public static bool IsGone(CheckView view) =>
        view.Facts.Lookup(view.Domain, "MX") is { Answer.Outcome: DnsOutcome.NoName }
        && view.Facts.Lookup(view.PolicyHost, "A") is not { Answer.Outcome: DnsOutcome.Found };

    // RFC 4035 §5.5: bogus data are no data to a validating resolver.
    private static IEnumerable<Detection> Bogus(CheckView view)
    {
        ImmutableArray<LookupFacts> bogus = [.. view.Facts.Lookups.Where(lookup => lookup.IsBogus && IsOfPolicy(view, lookup))];
        if (bogus.IsEmpty || DnssecChecks.KeysDoNotFit(view, bogus[0].Name))
            yield break;

        bool hasAddress = AddressTypes.Any(type => view.Facts.Lookup(view.PolicyHost, type) is { Answer.Outcome: DnsOutcome.Found });
        if (hasAddress && bogus.All(lookup => lookup.Name == view.PolicyHost))
        {
            yield return new("B05", Consequence.SomeUnprotected, view.PolicyHost,
                $"Resolvers that validate get no answer for {Questions(bogus)}, and others do.{DnssecChecks.Why(view, bogus)}");
            yield break;
        }

        yield return new("B04", Consequence.SomeUnprotected, bogus[0].Name,
            $"Resolvers that validate get no answer for {Questions(bogus)}, and others do.{DnssecChecks.Why(view, bogus)}")
        {
            Share = 0.9,
            Rivals = [.. BreakCause(view, bogus)],
        };
    }

    private static IEnumerable<(string, double)> BreakCause(CheckView view, ImmutableArray<LookupFacts> bogus) =>
        DnssecChecks.CauseOf(view, bogus) is { } causeId and ("L13" or "L14") ? [(causeId, 0.05)] : [];

    // RFC 8461 §3.1, §3.3: the way to the policy leads over its record and the addresses of its host, and over no MX record.
    private static bool IsOfPolicy(CheckView view, LookupFacts lookup) =>
        (lookup.Name == view.PolicyHost && AddressTypes.Contains(lookup.Type)) || (lookup.Name == view.StsName && lookup.Type == "TXT");

    private static string Questions(IEnumerable<LookupFacts> lookups) =>
        Phrase.List([.. lookups.Select(lookup => $"{lookup.Type} of {lookup.Name}")]);

    private static IEnumerable<Detection> Address(CheckView view)
    {
        ImmutableArray<LookupFacts> lookups = [.. AddressTypes.Select(type => view.Facts.Lookup(view.PolicyHost, type)).OfType<LookupFacts>()];
        if (lookups.IsEmpty)
            return [];

        ImmutableArray<DnsAnswerFacts> answers = [.. lookups.Select(CheckView.Believed)];
        return answers.All(answer => answer.Outcome != DnsOutcome.Found)
            ? NoAddress(view, lookups, answers)
            : OneFails(view, lookups).Concat(WrongDenial(view, lookups)).Concat(Aliases(view, answers)).Concat(Ttl(view, answers));
    }

    private static IEnumerable<Detection> NoAddress(CheckView view, ImmutableArray<LookupFacts> lookups, ImmutableArray<DnsAnswerFacts> answers)
    {
        DnsAnswerFacts told = answers.FirstOrDefault(answer => answer.Outcome != DnsOutcome.Failed) ?? answers[0];
        if (answers.FirstOrDefault(answer => answer.Fault == "alias-loop") is { } circle)
            return [new("B08", Consequence.AllUnprotected, view.PolicyHost, $"{Chain(view, circle)}; {circle.Reason}.")];

        // Name servers that do not answer are a finding of their own.
        if (told.Outcome == DnsOutcome.Failed)
        {
            return DelegationChecks.IsBroken(view, view.PolicyHost) || lookups.Any(lookup => lookup.IsBogus)
                ? []
                : lookups.Any(CacheChecks.HoldsFailure)
                ? [new("C04", Consequence.SomeUnprotected, view.PolicyHost, $"The resolver fails at the questions for the addresses of {view.PolicyHost} ({told.Reason}), and all of its name servers answer them.") { Share = 0.6, Rivals = [("B02", 0.3)] }]
                : [new("B02", Consequence.AllUnprotected, view.PolicyHost, $"The questions for the addresses of {view.PolicyHost} fail: {told.Reason}.") { Share = 0.6 }];
        }

        if (CacheChecks.DeniedHost(view) is { } held)
            return [held];

        // Where some name server has the address, the others are what is wrong.
        if (lookups.Any(lookup => lookup.Servers.Any(server => server.Answer.Outcome == DnsOutcome.Found)))
            return [];
        if (!told.Aliases.IsEmpty)
            return [new("B09", Consequence.AllUnprotected, view.PolicyHost, $"{Chain(view, told)}, which {(told.Outcome == DnsOutcome.NoName ? "does not exist" : "has no address")}.")];
        return [new("B01", Consequence.AllUnprotected, view.PolicyHost, told.Outcome == DnsOutcome.NoName
            ? $"The name {view.PolicyHost} does not exist."
            : $"The name {view.PolicyHost} exists and has neither A nor AAAA records.")
            {
                Share = 0.5,
                Rivals = view.StsRecord is TxtLookup<StsRecord>.Found ? [("A11", 0.25), ("C02", 0.1), ("C15", 0.1)] : [("A11", 0.3)],
            }];
    }

    private static string Chain(CheckView view, DnsAnswerFacts answer) =>
        $"{view.PolicyHost} is an alias of {string.Join(" -> ", answer.Aliases.Take(ManyAliases))}{(answer.Aliases.Length > ManyAliases ? " -> ..." : "")}";

    private static IEnumerable<Detection> OneFails(CheckView view, ImmutableArray<LookupFacts> lookups) =>
        from failed in lookups
        where failed.Answer.Outcome == DnsOutcome.Failed && !failed.IsBogus
        select new Detection("B05", Consequence.SomeUnprotected, view.PolicyHost,
            $"The {failed.Type} question for {view.PolicyHost} fails ({failed.Answer.Reason}), although the other kind of address is found.")
        {
            Rivals = CacheChecks.HoldsFailure(failed) ? [("C04", 0.05)] : [],
        };

    // RFC 8020 §2: "no such name" speaks of every type, and of all names below.
    private static IEnumerable<Detection> WrongDenial(CheckView view, ImmutableArray<LookupFacts> lookups)
    {
        IEnumerable<string> found = lookups.SelectMany(lookup => lookup.Servers)
            .Where(server => server.Answer.Outcome == DnsOutcome.Found).Select(server => server.Address);
        ImmutableArray<ServerAnswerFacts> denying =
        [
            .. lookups.SelectMany(lookup => lookup.Servers).Where(server => server.Answer is { Outcome: DnsOutcome.NoName, Aliases.IsEmpty: true }).IntersectBy(found, server => server.Address),
        ];
        return denying.IsEmpty && !lookups.Any(lookup => lookup.Answer is { Outcome: DnsOutcome.NoName, Aliases.IsEmpty: true })
            ? []
            : [new("B06", Consequence.SomeUnprotected, view.PolicyHost, $"For one kind of address {view.PolicyHost} is said not to exist, for the other it is found"
                + $"{(denying.IsEmpty ? "" : $" (by {denying[0].Server}, {denying[0].Address})")}.")];
    }

    private static IEnumerable<Detection> Aliases(CheckView view, ImmutableArray<DnsAnswerFacts> answers) =>
        answers.FirstOrDefault(answer => answer.Aliases.Length > ManyAliases) is { } chain
            ? [new("B08", Consequence.Fragile, view.PolicyHost, $"{Chain(view, chain)}: {chain.Aliases.Length} names.")]
            : [];

    private static IEnumerable<Detection> Ttl(CheckView view, ImmutableArray<DnsAnswerFacts> answers) =>
        answers.Where(answer => answer is { Outcome: DnsOutcome.Found, Ttl: < ShortTtl }).MinBy(answer => answer.Ttl) is { } least
            ? [new("B14", Consequence.Fragile, view.PolicyHost, $"The TTL of its address is {least.Ttl} s, as the resolver gave it. {CacheChecks.Risk(least.Ttl)}")]
            : [];
}
