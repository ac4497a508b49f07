using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>Reading rule RR3: what a failing report with or without a policy-string tells of the policy its sender held.</summary>
internal static class HeldPolicyReading
{
    public static Reading? Of(Incident incident)
    {
        if (incident.Family != FaultFamily.PolicyNotObtained)
            return null;

        IEnumerable<string> texts = incident.FailingReporters
            .SelectMany(reporter => Kinds(incident, incident.HeldPolicyOf(reporter)).Select(text => (Reporter: reporter, Text: text)))
            .GroupBy(said => said.Text)
            .OrderBy(said => said.Key)
            .Select(said => InWords(said.Key, [.. said.Select(reporter => reporter.Reporter)], incident));
        return new("RR3", string.Join(' ', texts));
    }

    // What the reports of one reporter tell, each kind once.
    private static IEnumerable<Told> Kinds(Incident incident, HeldPolicy held)
    {
        if (held.IsShown)
            yield return new(Kind.Shown);
        if (held.IsUnreadable)
            yield return new(Kind.Unreadable);
        if (held.DaysWithout == 0)
            yield break;
        if (held.AppliedThen)
            yield return new(Kind.AppliedThen);
        else if (held.Earlier is var (failing, success))
            yield return new(Kind.Earlier, failing.Days, success.Days, success.Policy!.MaxAge);
        else if (incident.IsOneEvent || held.DaysWithout == 1)
            yield return new(Kind.None);
        else
            yield return new(Kind.NoneForDays);
    }

    private static string InWords(Told told, ImmutableArray<Reporter> reporters, Incident incident)
    {
        bool several = reporters.Length > 1;
        string name = Phrase.Names(reporters);
        string reports = several || reporters.Any(reporter => incident.FailingOf(reporter).Length > 1) ? "reports" : "report";
        string carry = reports == "reports" ? "carry" : "carries";
        string they = several ? "they" : "it";
        return told.Kind switch
        {
            Kind.Shown => $"The {reports} of {name} {carry} a policy, so a cached one was in force and only its refresh failed.",
            Kind.Unreadable => $"The {reports} of {name} {carry} a policy text that may be the very one that was refused; it proves no cached policy.",
            Kind.AppliedThen => $"The {reports} of {name} {carry} no policy for what failed, and yet {(reports == "reports" ? "count" : "counts")} sessions under "
                + $"your policy on the same day: {they} had none, or told none, in some sessions, and had one in others.",
            Kind.Earlier => $"The {reports} of {name} {Phrase.On(told.Failing!)} {carry} no policy, although {they} applied yours "
                + $"{Phrase.On(told.Success!)}, with a max_age of {Phrase.Duration(told.MaxAge)}: so this was no first contact, and a cached policy "
                + "may still have been in force that is not shown.",
            Kind.None => $"The {reports} of {name} {carry} no policy, so {they} held none from before: this was {(several ? "their" : "its")} "
                + "first contact with your policy, or an earlier one had run out.",
            _ => $"The {reports} of {name} {carry} no policy on any of these days, so {they} held none: {they} had not met your policy before, "
                + "or an earlier one had run out, and no fetch succeeded since.",
        };
    }

    private enum Kind
    {
        Shown,
        Unreadable,
        AppliedThen,
        Earlier,
        NoneForDays,
        None,
    }

    private readonly record struct Told(Kind Kind, ReportedDays? Failing = null, ReportedDays? Success = null, TimeSpan MaxAge = default)
        : IComparable<Told>
    {
        public int CompareTo(Told other) => Kind.CompareTo(other.Kind);
    }
}
