using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>How to know that a fault is mended (reading rule RR15).</summary>
internal static class Mended
{
    private const int ReportersNamed = 3;

    public static string When(Incident incident, DateTimeOffset asOf)
    {
        if (incident.Family == FaultFamily.ReporterSilent)
            return "A report of Microsoft arrives.";
        if (incident.FailingReportersRecovered)
            return $"{Phrase.Names(incident.FailingReporters)} reported success on a later day: by the reports it is over.";

        DateOnly today = UtcDay.Of(asOf);
        DateOnly clean = UtcDay.Add(today, 1);
        return $"A report of a day shows that day as it was. If you mend something today ({Phrase.Day(today)}), the report of today is mixed, "
            + $"and the first that can be clean is that of {Phrase.Day(clean)}: {DueDates(incident, clean)}.";
    }

    private static string DueDates(Incident incident, DateOnly clean) =>
        string.Join("; ", incident.FailingReporters.Take(ReportersNamed).Select(reporter => DueDate(incident, reporter, clean)));

    private static string DueDate(Incident incident, Reporter reporter, DateOnly clean) =>
        $"{reporter.Name}'s, due {NextReport.DueInWords(NextReport.DueFor(incident, reporter, clean))}";
}
