using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Looks;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Writes the history of a policy domain for people.</summary>
internal sealed class HistoryText(Page page, bool all)
{
    private const int TimeColumns = 16;

    public void Write(Look last, ImmutableArray<HistoryEntry> entries, IReadOnlyList<ObservedPeriod> now, IReadOnlyList<CertificatePeriod> certificates, int days)
    {
        page.Paragraph($"{last.PolicyDomain}, last looked at {Time(last.At)} UTC: {InWords(last)}");
        page.Heading($"The last {(days == 1 ? "day" : $"{days} days")} (UTC)");
        if (entries.IsEmpty)
            page.Paragraph("Nobody looked.");
        foreach (HistoryEntry entry in entries)
            page.Row(Styled.Dim(Time(entry.At)), entry.Change is { } change ? InWords(change) : Run(entry), TimeColumns);

        page.Heading("What is there, and since when it was seen");
        if (now.Count == 0)
            page.Paragraph("Nothing is known yet: no look could tell.");
        foreach (ObservedPeriod period in now.Where(period => all || !IsMinor(period.Kind)).OrderBy(period => period.Kind).ThenBy(period => period.Subject, StringComparer.Ordinal))
            page.Row(Styled.Dim(Time(period.FirstSeen)), Styled.Of(TextStyle.Plain, $"{Capital(period.Kind.InWords())} ({period.Subject}): {Shown(period, certificates)}"), TimeColumns);
    }

    /// <summary>Writes the last look at each policy domain.</summary>
    public static void WriteLast(Page page, IReadOnlyList<Look> looks)
    {
        foreach (Look look in looks)
            page.Row(Styled.Dim(Time(look.At)), Styled.Of(TextStyle.Plain, $"{look.PolicyDomain}: {InWords(look)}"), TimeColumns);
    }

    private static Styled Run(HistoryEntry entry)
    {
        string looks = entry.Looks == 1 ? "one look" : $"{entry.Looks.ToString("N0", CultureInfo.InvariantCulture)} looks to {Time(entry.Until)}";
        string text = $"{InWords(entry.Look!)} ({looks})";
        return entry.Look!.Standing == CheckStanding.Broken ? Styled.Error(text) : Styled.Of(TextStyle.Plain, text);
    }

    private static Styled InWords(ObservedChange change)
    {
        string what = $"{Capital(change.Kind.InWords())} ({change.Subject}) changed after {Time(change.After)}";
        (string[] before, string[] then) = (LinesOf(change.Before), LinesOf(change.Then));
        string gone = string.Join(", ", before.Except(then).Select(ObservedWords.Short)), come = string.Join(", ", then.Except(before).Select(ObservedWords.Short));
        return Styled.Of(TextStyle.Plain, $"{what}: {(gone.Length == 0 ? "new" : gone)} -> {(come.Length == 0 ? "gone" : come)}");
    }

    private static string InWords(Look look) =>
        string.Join(' ', [$"{Capital(look.Headline.TrimEnd('.'))}.", .. look.Errors > 0 ? [$"{Count(look.Errors, "error")}."] : Array.Empty<string>(), .. look.Warnings > 0 ? [$"{Count(look.Warnings, "warning")}."] : Array.Empty<string>()]);

    private static string Shown(ObservedPeriod period, IReadOnlyList<CertificatePeriod> certificates) => period switch
    {
        { Value: null } => "none",
        { Kind: ObservedKind.Certificates } => string.Join("; ", LinesOf(period).Select(line =>
            certificates.FirstOrDefault(known => known.Certificate.Host == period.Subject && known.Certificate.Fingerprint == line)?.Certificate is { } certificate
                ? $"{ObservedWords.Short(line)}, {Time(certificate.NotBefore)[..10]} to {Time(certificate.NotAfter)[..10]}, issued by {certificate.Issuer}"
                : ObservedWords.Short(line))),
        _ => string.Join(", ", LinesOf(period).Select(ObservedWords.Short)),
    };

    private static string[] LinesOf(ObservedPeriod period) => period.Value?.Split('\n') ?? ["none"];

    private static bool IsMinor(ObservedKind kind) => kind is ObservedKind.Serial or ObservedKind.Ttl or ObservedKind.NegativeTtl;

    private static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    private static string Count(int number, string word) => $"{number.ToString(CultureInfo.InvariantCulture)} {word}{(number == 1 ? "" : "s")}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
