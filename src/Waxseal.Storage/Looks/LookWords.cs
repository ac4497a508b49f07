using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.History;

namespace Waxseal.Storage.Looks;

/// <summary>The words that stand in the database for the values of enums.</summary>
internal static class LookWords
{
    public static string ToWord(this CheckStanding standing) => standing switch
    {
        CheckStanding.Healthy => "healthy",
        CheckStanding.WithoutPolicy => "without-policy",
        CheckStanding.Flawed => "flawed",
        CheckStanding.Broken => "broken",
        _ => "unknown",
    };

    public static CheckStanding StandingOf(string word) => Enum.GetValues<CheckStanding>().First(standing => standing.ToWord() == word);

    public static string ToWord(this ObservedKind kind) => kind switch
    {
        ObservedKind.StsRecord => "sts-record",
        ObservedKind.Policy => "policy",
        ObservedKind.Addresses => "addresses",
        ObservedKind.Mx => "mx",
        ObservedKind.Certificates => "certificates",
        ObservedKind.Tlsa => "tlsa",
        ObservedKind.TlsRptRecord => "tls-rpt-record",
        ObservedKind.Signing => "signing",
        ObservedKind.Ttl => "ttl",
        ObservedKind.NegativeTtl => "negative-ttl",
        _ => "serial",
    };

    public static ObservedKind KindOf(string word) => Enum.GetValues<ObservedKind>().First(kind => kind.ToWord() == word);
}
