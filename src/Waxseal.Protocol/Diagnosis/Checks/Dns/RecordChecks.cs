using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks.Dns;

/// <summary>Checks of the TXT record <c>_mta-sts</c> (layer A).</summary>
internal static class RecordChecks
{
    // Below it a short fault of DNS shows; above it a change takes days.
    private const uint ShortTtl = 300;
    private const uint LongTtl = 86_400;

    public static IEnumerable<Detection> Find(CheckView view)
    {
        LookupFacts? lookup = view.Facts.Lookup(view.StsName, "TXT");
        if (lookup is null)
            return [];

        DnsAnswerFacts answer = CheckView.Believed(lookup);
        IEnumerable<Detection> own = view.StsRecord switch
        {
            TxtLookup<StsRecord>.Failed failed => [Unanswered(view, lookup, failed.Reason)],
            TxtLookup<StsRecord>.Several several => [Several(view, several.Count)],
            TxtLookup<StsRecord>.Invalid invalid => [Invalid(view, answer, invalid.Problems)],
            TxtLookup<StsRecord>.Found found => Found(view, answer, found.Problems),
            _ => Missing(view, answer, lookup),
        };
        return own.Concat(Disagreement(view, lookup));
    }

    private static Detection Unanswered(CheckView view, LookupFacts lookup, string reason) => CacheChecks.HoldsFailure(lookup)
        ? new("C04", Consequence.SomeUnprotected, view.StsName, $"The resolver fails at the TXT question for {view.StsName} ({reason}), and all of its name servers answer it.")
        {
            Share = 0.6,
            Rivals = [("A20", 0.3)],
        }
        : new("A20", Consequence.AllUnprotected, view.StsName, $"The TXT question for {view.StsName} got no usable answer: {reason}.");

    private static Detection Several(CheckView view, int count) =>
        new("A03", Consequence.AllUnprotected, view.StsName, $"There are {count} records that begin with v=STSv1; so none counts.");

    private static Detection Invalid(CheckView view, DnsAnswerFacts answer, ImmutableArray<Problem> problems)
    {
        Problem problem = problems.First(problem => problem is { Severity: ProblemSeverity.Error, IsTolerable: false });
        return Slip(view, SlipCauses.OfRecord(problem.Code), answer, problem);
    }

    private static Detection Slip(CheckView view, string causeId, DnsAnswerFacts answer, Problem problem)
    {
        // A string boundary within a word is a slip of its own: the parts are joined without a blank.
        bool isSplit = answer.Records.Any(record => RecordWire.Strings(record).Count > 1);
        return new(isSplit ? "A08" : causeId, Consequence.AllUnprotected, view.StsName, $"{TextOf(answer)} {problem.Message}")
        {
            Rivals = isSplit ? [(causeId, 0.05)] : [],
            Paste = problem.Correction is { } correction ? $"{view.StsName}. 3600 IN TXT \"{correction}\"" : null,
        };
    }

    private static IEnumerable<Detection> Found(CheckView view, DnsAnswerFacts answer, ImmutableArray<Problem> problems)
    {
        if (problems.FirstOrDefault(problem => problem.Code == "sts-record-space-before-semicolon") is { } spaced)
            yield return new("A19", Consequence.SomeUnprotected, view.StsName, $"{TextOf(answer)} {spaced.Message}");
        if (answer.Ttl < ShortTtl)
            yield return new("A15", Consequence.Fragile, view.StsName, $"Its TTL is {answer.Ttl} s, as the resolver gave it. {CacheChecks.Risk(answer.Ttl)}");
        if (answer.Ttl > LongTtl)
            yield return new("A16", Consequence.Nothing, view.StsName, $"Its TTL is {answer.Ttl} s.");
    }

    private static IEnumerable<Detection> Missing(CheckView view, DnsAnswerFacts answer, LookupFacts lookup)
    {
        if (view.StsRecord.LookAlikes is [var lookAlike, ..])
        {
            Problem? problem = lookAlike.Problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error);
            return problem is null ? [] : [Slip(view, SlipCauses.OfRecord(problem.Code), answer, problem)];
        }

        if (CacheChecks.DeniedRecord(view) is { } held)
            return [held];

        // Where some name server has the record, the others are what is wrong.
        if (lookup.Servers.Any(server => CheckView.ReadSts(server.Answer) is TxtLookup<StsRecord>.Found))
            return [];
        if (!answer.Aliases.IsEmpty && answer.Records.IsEmpty)
            return [new("A09", Consequence.AllUnprotected, view.StsName, $"{view.StsName} is an alias to {answer.Aliases[^1]}, where there is no TXT record.")];
        if (view.Facts.Lookups.FirstOrDefault(view.IsStrayRecord) is { } stray)
            return [Stray(view, stray)];
        if (!answer.Aliases.IsEmpty)
            return [new("A09", Consequence.AllUnprotected, view.StsName, $"{view.StsName} is an alias to {answer.Aliases[^1]}, whose TXT record is none of MTA-STS. {TextOf(answer)}")];
        return IsWildcard(view)
            ? [new("A07", MissingConsequence(view), view.StsName, $"{TextOf(answer)} A name that nobody has made gets the same answer.")]
            : [new("A01", MissingConsequence(view), view.StsName, NothingThere(view, answer))];
    }

    private static Detection Stray(CheckView view, LookupFacts stray)
    {
        if (view.IsOfParent(stray))
            return new("A17", Consequence.Nothing, view.Domain, $"There is a record at {stray.Name} and none at {view.StsName}.");

        // RFC 1035 §5.1: octets that are no letters of ASCII are written as \DDD.
        return stray.Name.Contains('\\', StringComparison.Ordinal)
            ? new("A18", Consequence.AllUnprotected, view.StsName, $"There is a record at {stray.Name}, and none at {view.StsName}. {TextOf(stray.Answer)}")
            : new("A02", Consequence.AllUnprotected, view.StsName, $"The record stands at {stray.Name}. {TextOf(stray.Answer)}");
    }

    // A policy domain without any of MTA-STS has made its choice; one with half of it has made a slip.
    private static Consequence MissingConsequence(CheckView view) =>
        view.Policy is not null ? Consequence.AllUnprotected : Consequence.Nothing;

    private static string NothingThere(CheckView view, DnsAnswerFacts answer)
    {
        string served = view.Policy is not null ? $" A policy is served at {view.PolicyHost} all the same, which nobody looks for." : "";
        return answer.Outcome == DnsOutcome.Found
            ? $"None of the TXT records there is one of MTA-STS. {TextOf(answer)}{served}"
            : $"There is no TXT record at {view.StsName}.{served}";
    }

    private static bool IsWildcard(CheckView view) => view.Facts.Lookups.Any(lookup =>
        lookup.Type == "TXT" && lookup.Answer.Outcome == DnsOutcome.Found
        && lookup.Name.StartsWith("wx", StringComparison.Ordinal) && lookup.Name.EndsWith($".{view.Domain}", StringComparison.Ordinal));

    // Each name server is an authority, and a resolver asks any of them. One that speaks without authority is lame (RFC 1912 §2.8),
    // and whatever it says is no record of the zone.
    private static IEnumerable<Detection> Disagreement(CheckView view, LookupFacts lookup)
    {
        ImmutableArray<IGrouping<string, ServerAnswerFacts>> versions =
            [.. lookup.Servers.Where(server => server.IsAuthoritative && server.Answer.Outcome is not (DnsOutcome.Failed or DnsOutcome.Referred)).GroupBy(server => Version(server.Answer))];
        if (versions.Length < 2)
            return [];

        IEnumerable<string> told = versions.Select(version =>
            $"{string.Join(", ", version.Select(server => $"{server.Server} ({server.Address})"))}: {(version.Key.Length == 0 ? "no record" : version.Key)}");

        // A zone that is made anew, or answered by a program, may have a new id each time.
        bool isEachOther = versions.All(version => version.Count() == 1 && version.Key.Length > 0 && version.Key != Version(lookup.Answer)) && lookup.Answer.Outcome == DnsOutcome.Found;
        return isEachOther
            ? [new("A13", Consequence.Fragile, view.StsName, $"Each answer has another record. {string.Join("; ", told)}; the resolver: {Version(lookup.Answer)}.") { Share = 0.7, Rivals = [("A10", 0.25)] }]
            : [new("A10", Consequence.SomeUnprotected, view.StsName, $"The name servers give different answers. {string.Join("; ", told)}.")];
    }

    private static string Version(DnsAnswerFacts answer) =>
        string.Join(" and ", answer.Records.Select(TextOf).Order(StringComparer.Ordinal));

    private static string TextOf(DnsRecordFacts record) =>
        $"\"{QuotedText.OneLine(string.Concat(RecordWire.Strings(record).Select(part => System.Text.Encoding.Latin1.GetString(part.Span))))}\"";

    private static string TextOf(DnsAnswerFacts answer) => answer.Records.Length switch
    {
        0 => "There is no record.",
        1 => $"The record is {TextOf(answer.Records[0])}.",
        var count => $"The {count} records are {string.Join(", ", answer.Records.Take(3).Select(TextOf))}{(count > 3 ? " and others" : "")}.",
    };
}
