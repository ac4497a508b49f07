using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.Diagnosis.Checks.MxHosts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;

/// <summary>Checks of the text of the policy (layer H).</summary>
internal static class PolicyTextChecks
{
    // Strictness differs among senders in these; the standard allows them, or one reads them all the same.
    private static readonly string[] ReadByMost = ["H09", "H11", "H12", "H13", "H15", "H16"];

    public static IEnumerable<Detection> Find(CheckView view)
    {
        if (view.Policies.FirstOrDefault(reading => HttpChecks.IsPlainText(reading.Visit.Field("content-type")) || reading.Policy.Value is null) is not { Policy: { } policy } served
            || IsOfHttp(served.Visit.Body.Span) || HttpChecks.CodingOf(served.Visit) is not null)
        {
            return [];
        }

        if (policy.Value is { } good)
            return Unwise(view, good, policy.Problems);

        ImmutableArray<Problem> fatal = [.. policy.Problems.Where(problem => problem is { Severity: ProblemSeverity.Error, IsTolerable: false })];

        // What is missing is missing because of what stands in its place: that line is the cause, the gap its sign.
        Problem first = policy.Problems.FirstOrDefault(problem => IsSlip(problem) && IsLine(problem) && SlipCauses.OfPolicy(problem.Code) is not null)
            ?? fatal.First();
        string causeId = first.Text?.Any(letter => !char.IsAscii(letter)) == true ? "H10" : SlipCauses.OfPolicy(first.Code) ?? "H16";
        return [Closer(first, new(causeId, Consequence.AllUnprotected, view.PolicyHost, Seen(first))
        {
            Share = 0.9,
            Rivals = [.. fatal.Select(problem => SlipCauses.OfPolicy(problem.Code)).OfType<string>().Distinct().Where(id => id != causeId).Take(3).Select(id => (id, 0.03))],
            Paste = first.Code == "sts-policy-json" ? InText(view, served.Visit.Body.Span) : first.Correction,
        })];
    }

    // A cause of several shapes is told by the one that was seen.
    private static Detection Closer(Problem problem, Detection detection) => problem.Code == "sts-policy-byte-order-mark"
        ? detection with { Title = "the policy begins with a byte-order mark", Fix = "Save the file without a byte-order mark: as plain ASCII, or as UTF-8 without signature." }
        : detection;

    // The mode is the one thing that nobody else can know.
    private static string InText(CheckView view, ReadOnlySpan<byte> body) =>
        $"version: STSv1\nmode: {(body.IndexOf("enforce"u8) >= 0 ? "enforce" : body.IndexOf("none"u8) >= 0 ? "none" : "testing")}\n{MxLines.For(MxLines.NamesOf(view))}\nmax_age: 604800";

    // A key that was meant as another is only a warning in itself: the standard lets senders pass over it.
    private static bool IsSlip(Problem problem) => problem.Severity == ProblemSeverity.Error || problem.Code == "sts-policy-field-misspelt";

    private static bool IsLine(Problem problem) => problem.Text is { Length: > 0 };

    // Such bodies are no policies at all, and told of as answers of the web server.
    private static bool IsOfHttp(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..];

    private static IEnumerable<Detection> Unwise(CheckView view, StsPolicy policy, ImmutableArray<Problem> problems)
    {
        foreach (IGrouping<string, Problem> cause in problems.Where(problem => SlipCauses.OfPolicy(problem.Code) is not null).GroupBy(problem => SlipCauses.OfPolicy(problem.Code)!))
        {
            // Short lives are right while a policy is tried out or taken down.
            if (cause.Key == "C17" && policy.Mode != StsMode.Enforce)
                continue;

            // What it does to mail is told where the policy is held against the MX hosts.
            if (cause.Key == "H07" && PolicyAndMxChecks.SlipBehind(view) is not null)
                continue;

            Consequence consequence = cause.Key is "C17" ? Consequence.Fragile
                : cause.Key is "H13" ? Consequence.Nothing
                : ReadByMost.Contains(cause.Key) || cause.Any(problem => problem.Severity == ProblemSeverity.Error) ? Consequence.SomeUnprotected
                : Consequence.Nothing;
            yield return Closer(cause.First(), new(cause.Key, consequence, view.PolicyHost, Seen(cause.First())) { Paste = cause.First().Correction });
        }
    }

    internal static string Seen(Problem problem)
    {
        string line = problem.Place.Line is { } number && problem.Text is { Length: > 0 } text ? $"Line {number}: \"{QuotedText.OneLine(text)}\". " : "";
        return $"{line}{problem.Message}{Foreign(problem.Text)}";
    }

    // RFC 8461 §3.2: what the grammar knows are octets of ASCII; such a letter can look like one of them, or like nothing.
    private static string Foreign(string? text)
    {
        int place = 0;
        foreach (Rune rune in (text ?? "").EnumerateRunes())
        {
            place++;
            if (!rune.IsAscii)
                return $" Its character {place} is U+{rune.Value:X4}{NameOf(rune.Value)}.";
        }

        return "";
    }

    private static string NameOf(int letter) => letter switch
    {
        0x00A0 => ", a no-break space",
        0x200B => ", a space of no width",
        0x2013 or 0x2014 => ", a dash",
        0x2018 or 0x2019 or 0x201C or 0x201D => ", a curved quotation mark",
        0xFEFF => ", a byte-order mark",
        0xFFFD => ", which stands for octets that are no UTF-8",
        _ => "",
    };
}
