using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Checks.MxHosts;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>Writes what the facts show as the findings that people read.</summary>
internal static class DetectionWriter
{
    private const string Pattern = "it was seen";

    public static Finding Write(Detection detection, CheckView view)
    {
        var outcome = Outcome.Of(detection.Consequence, view.Policy?.Mode);
        Ranking ranking = Rank(detection, view);
        Cause cause = ranking.Causes[0].Cause;
        return new Finding
        {
            PolicyDomain = view.Domain,
            Fault = FamilyOf(cause),
            Severity = outcome.Severity,
            State = State.Present,
            StateInWords = $"seen {view.Facts.GatheredAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}",
            Title = TitleOf(detection, cause),
            Sightings = [],
            FailedSessions = 0,
            InShort = outcome.InShort,
            Happened = detection.Seen,
            Effect = detection.Note is { } note ? $"{outcome.Text} {note}" : outcome.Text,
            Readings = [],
            Ranking = ranking,
            Verdict = VerdictOf(ranking),
            Actions = ActionsOf(ranking, detection),
            Observations = ranking.Causes.Length == 1 ? [] : [.. ranking.Causes.Select(ranked => $"[{ranked.Cause.Id}] {ranked.Cause.Decides}")],
            MendedWhen = MendedWhen(detection, view),
        };
    }

    private static Ranking Rank(Detection detection, CheckView view)
    {
        ImmutableArray<(string CauseId, double Share)> shares = [(detection.CauseId, detection.Share), .. detection.Rivals.OrderByDescending(rival => rival.Share)];
        double rest = Math.Max(0.02, 1 - shares.Sum(share => share.Share));
        double total = rest + shares.Sum(share => share.Share);
        ImmutableArray<int> percents = WholePercents.Of([.. shares.Select(share => share.Share / total), rest / total]);
        return new(
            [
                .. shares.Select((share, index) => new RankedCause(
                    index == 0 ? Told(detection, view) : Filled(share.CauseId, view),
                    [new Weight(Math.Log(share.Share / rest), Pattern)],
                    share.Share / total)
                {
                    Percent = percents[index],
                }),
            ],
            rest / total,
            Pattern,
            "check")
        {
            NotDeterminablePercent = percents[^1],
        };
    }

    private static Cause Told(Detection detection, CheckView view)
    {
        Cause cause = Filled(detection.CauseId, view);
        return cause with { Title = detection.Title ?? cause.Title, Fix = detection.Fix ?? cause.Fix, Paste = detection.Fix is null ? cause.Paste : null };
    }

    private static Cause Filled(string causeId, CheckView view) => Placeholders.Fill(Catalogue.Get(causeId), placeholder => Value(placeholder, view));

    private static string Value(string placeholder, CheckView view) => placeholder switch
    {
        "domain" => view.Domain,
        "host" => view.PolicyHost,
        "reporter" => "a sender",
        "day" => view.Facts.GatheredAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "mx" => Placeholders.MxHost(MxLines.NamesOf(view)),
        "mx-lines" => MxLines.For(MxLines.NamesOf(view)),
        "id" => view.Facts.GatheredAt.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string TitleOf(Detection detection, Cause cause) =>
        cause.Title.Contains(detection.Subject, StringComparison.Ordinal) ? cause.Title : $"{cause.Title} ({detection.Subject})";

    private static string VerdictOf(Ranking ranking) => ranking.Causes is [var only]
        ? $"Seen: {only.Cause.Title}."
        : $"Likeliest ({ranking.Causes[0].Percent} %): {ranking.Causes[0].Cause.Title}.";

    private static ImmutableArray<string> ActionsOf(Ranking ranking, Detection detection) =>
    [
        .. ranking.Causes.Where(ranked => ranked.Share >= 0.05).Select((ranked, index) =>
        {
            string? paste = index == 0 ? detection.Paste ?? ranked.Cause.Paste : null;
            return $"[{ranked.Cause.Id}] {ranked.Cause.Fix}{(paste is null ? "" : $"\n{paste}")}";
        }),
    ];

    // RFC 8460 §4.1: a report is of one UTC day, so the day of the mend is mixed and the next one is the first clean one.
    private static string MendedWhen(Detection detection, CheckView view)
    {
        string again = $"`waxseal check {view.Domain}` no longer shows it.";
        if (detection.Consequence is Consequence.Nothing or Consequence.Fragile)
            return again;

        string day(int days) => view.Facts.GatheredAt.UtcDateTime.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{again} Mended today, the first clean reports are those for {day(1)}; they come on {day(2)}, Google's about 10:00 and Microsoft's about 19:30 UTC.";
    }

    private static FaultFamily FamilyOf(Cause cause) => cause.Layer switch
    {
        Layer.PolicyAndMx => FaultFamily.MxNotInPolicy,
        Layer.Dane => cause.Id is "L13" or "L14" or "L10" or "L11" or "L29" ? FaultFamily.Dnssec : FaultFamily.Tlsa,
        Layer.Reporting => FaultFamily.NoReportsAsked,
        Layer.MxTls => cause.Id switch
        {
            "K01" or "K02" or "K03" or "K04" => FaultFamily.StartTls,
            "K05" or "K09" or "K10" or "K14" or "K23" => FaultFamily.MxCertificateName,
            "K06" or "K11" or "K25" => FaultFamily.MxCertificateExpired,
            "K07" or "K08" or "K17" or "K24" => FaultFamily.MxCertificateUntrusted,
            _ => FaultFamily.MxHandshake,
        },
        _ => FaultFamily.PolicyNotObtained,
    };
}
