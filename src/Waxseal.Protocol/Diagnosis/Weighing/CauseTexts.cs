using System.Diagnostics;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>Puts the names of an incident into the texts of a cause.</summary>
internal static class CauseTexts
{
    // More MX hosts than a policy has lines for them are no list to copy.
    private const int MostMxLines = 10;

    public static Cause Fill(Cause cause, Incident incident) => Placeholders.Fill(cause, placeholder => Value(placeholder, incident));

    private static string Value(string placeholder, Incident incident) => placeholder switch
    {
        "domain" => Phrase.PolicyDomain(incident.PolicyDomain),
        "host" => $"mta-sts.{Phrase.PolicyDomain(incident.PolicyDomain)}",
        "reporter" => Phrase.Names(incident.FailingReporters),
        "day" => Phrase.Days(incident.FailingDays),
        "id" => incident.Today.ToString("yyyyMMdd'T000000'", System.Globalization.CultureInfo.InvariantCulture),
        "mx" => Placeholders.MxHost(incident.MxHosts),
        "mx-lines" => MxLines(incident),
        _ => throw new UnreachableException(),
    };

    // The reports may name the MX hosts that the policy lacks.
    private static string MxLines(Incident incident) =>
        string.Join('\n', incident.UnlistedMxHosts.Take(MostMxLines).Select(mxHost => $"mx: {mxHost}").DefaultIfEmpty("mx: <name of the MX host>"));
}
