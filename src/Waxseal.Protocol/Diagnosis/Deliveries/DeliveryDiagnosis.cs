using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>Explains what logs and bounces tell. They are no TLS reports: they count attempts, not sessions, and tell of what failed.</summary>
public static class DeliveryDiagnosis
{
    // From this share on, as it is shown, a cause may be named alone.
    private const int Determined = 50;

    /// <summary>Explains what a ledger holds.</summary>
    /// <param name="ledger">What logs and bounces tell.</param>
    /// <param name="asOf">Now.</param>
    /// <param name="looks">What looks at policy domains showed.</param>
    /// <returns>The findings, most urgent first.</returns>
    public static ImmutableArray<Finding> Explain(DeliveryLedger ledger, DateTimeOffset asOf, IReadOnlyDictionary<string, LookSummary> looks) =>
    [
        .. DeliveryCases.Of(ledger)
            .Select(delivery => Write(delivery, looks.GetValueOrDefault(delivery.PolicyDomain), asOf))
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.State == State.Over)
            .ThenByDescending(finding => finding.FailedSessions)
            .ThenBy(finding => finding.PolicyDomain, StringComparer.Ordinal)
            .ThenBy(finding => finding.Fault),
    ];

    private static Finding Write(DeliveryCase delivery, LookSummary? look, DateTimeOffset asOf)
    {
        DateOnly today = UtcDay.Of(asOf);
        Ranking ranking = DeliveryRanker.Rank(delivery, look, today);
        (Severity severity, string inShort, string effect) = DeliveryStory.Effect(delivery);
        (State state, string inWords) = DeliveryStory.Standing(delivery);
        return new Finding
        {
            Evidence = FindingEvidence.Deliveries,
            PolicyDomain = delivery.PolicyDomain,
            Fault = delivery.Family,
            Severity = state == State.Over && severity > Severity.Info ? severity - 1 : severity,
            State = state,
            StateInWords = inWords,
            Title = DeliveryWords.Title(delivery),
            Sightings = Sightings(delivery),
            FailedSessions = delivery.Attempts,
            InShort = $"{Likeliest(ranking)} {inShort}",
            Happened = DeliveryStory.Happened(delivery),
            Effect = effect,
            Readings = DeliveryStory.Readings(delivery, today),
            Ranking = ranking,
            Verdict = Likeliest(ranking),
            Actions = DeliveryAdvice.Actions(delivery, ranking),
            Observations = DeliveryAdvice.Observations(delivery, ranking),
            MendedWhen = DeliveryAdvice.MendedWhen(delivery),
        };
    }

    private static string Likeliest(Ranking ranking)
    {
        RankedCause first = ranking.Causes[0];
        if (first.Percent >= Determined && first.Cause.Grade != Causes.Grade.Practice)
            return $"Most probably ({Phrase.Percent(first.Percent)}): {first.Cause.Title}.";
        return ranking.NotDeterminable > first.Share
            ? $"These lines alone do not tell the cause; likeliest ({Phrase.Percent(first.Percent)}) is that {first.Cause.Title}."
            : $"Likeliest ({Phrase.Percent(first.Percent)}): {first.Cause.Title}.";
    }

    private static ImmutableArray<Sighting> Sightings(DeliveryCase delivery) =>
    [
        .. delivery.Groups
            .GroupBy(group => DeliveryWords.Observer(group.First))
            .Select(told => new Sighting(
                told.Key,
                [.. told.SelectMany(group => group.Days).Distinct().Order().Select(UtcDay.InWords)],
                told.Sum(group => group.Attempts),
                told.Sum(group => group.Attempts),
                [.. told.Select(group => group.First.ResultType).OfType<ResultType>().Select(type => type.ToWord()).Distinct()])),
    ];
}
