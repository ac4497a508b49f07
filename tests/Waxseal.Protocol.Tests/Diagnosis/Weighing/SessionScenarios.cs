using System.Collections.Immutable;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Weighing;

/// <summary>Scenarios of sessions that failed at an MX host.</summary>
internal static class SessionScenarios
{
    private const string NotInPolicy = "MX_HOSTS_MISMATCH";
    private static readonly ImmutableArray<string> TwoHosts = Policy("enforce", 604_800, "mx1.example.com", "mx2.example.com");

    public static ImmutableArray<Scenario> All { get; } =
    [
        // The policy against the MX hosts.
        new("mx-old-policy", "C09",
            Google.On("2024-11-01").Sts(Enforced).Succeeded(3),
            Google.On("2024-11-08").Sts(TwoHosts).Succeeded(3),
            Outlook.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, NotInPolicy)),
        new("mx-wildcard-too-short", "J03", Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "*.mx.microsoft"))
            .Failed(3, ValidationFailure, at: "example-com.h-v1.mx.microsoft")),
        new("mx-names-policy-domain", "J02", Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "example.com"))
            .Failed(3, ValidationFailure, at: "mail.example.com")),
        new("mx-wildcard-lost", "J04", Google.On("2024-11-08").Sts(Policy("enforce", 604_800, "mail.protection.outlook.com"))
            .Failed(3, ValidationFailure, at: "example-com.mail.protection.outlook.com")),
        new("mx-other-name", "J01", Google.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, at: "mx.filter.example")),
        new("mx-not-listed-all", "J01", Outlook.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, NotInPolicy)),
        new("mx-not-listed-some", "J01", Outlook.On("2024-11-08").Sts(Enforced).Succeeded(9).Failed(3, ValidationFailure, NotInPolicy)),

        // STARTTLS.
        new("starttls-all", "K01", Google.On("2024-11-08").Sts(Enforced).Failed(3, NoStartTls)),
        new("starttls-some", "K03", Google.On("2024-11-08").Sts(Enforced).Succeeded(9).Failed(3, NoStartTls)),

        // Certificates.
        new("name-one-sender", "K09",
            Stalwart.On("2024-11-08").Sts(Enforced).Failed(3, NameMismatch),
            Google.On("2024-11-08").Sts(Enforced).Succeeded(9)),
        new("name-one-mx-host", "K05", Google.On("2024-11-08").Sts(TwoHosts).Succeeded(9).Failed(3, NameMismatch, at: "mx2.example.com")),
        new("name-some-sessions", "K10", Google.On("2024-11-08").Sts(Enforced).Succeeded(9).Failed(8, NameMismatch, at: "mx.example.com")),
        new("name-all", "K05", Google.On("2024-11-08").Sts(Enforced).Failed(3, NameMismatch)),
        new("expired", "K06", Google.On("2024-11-08").Sts(Enforced).Failed(3, Expired)),
        new("untrusted-chain", "K08",
            Google.On("2024-11-08").Sts(Enforced).Failed(3, NotTrusted),
            Outlook.On("2024-11-08").Sts(Enforced).Succeeded(9)),
        new("untrusted-some-sessions", "K10", Google.On("2024-11-08").Sts(Enforced).Succeeded(9).Failed(8, NotTrusted)),
        new("untrusted-all", "K07", Google.On("2024-11-08").Sts(Enforced).Failed(3, NotTrusted)),
        new("untrusted-all", "K07", PostfixHouse.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, "self-signed_certificate")),
        new("untrusted-all", "K08", Halon.On("2024-11-08").Sts(Enforced).Failed(3, NotTrusted, "unable to get local issuer certificate")),
        new("untrusted-all", "K24", Halon.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure, "X509_V_ERR_PATH_LENGTH_EXCEEDED")),

        // The handshake, without more words.
        new("handshake-microsoft-alone", "K13",
            Outlook.On("2024-10-24").Sts(Enforced).Failed(3, ValidationFailure),
            Google.On("2024-10-24").Sts(Enforced).Succeeded(9)),
        new("handshake-microsoft", "K13", Outlook.On("2024-10-24").Sts(Enforced).Failed(3, ValidationFailure)),
        new("handshake-one-mx-host", "K03", Google.On("2024-11-08").Sts(TwoHosts).Succeeded(9).Failed(3, ValidationFailure, at: "mx2.example.com")),
        new("handshake-some-sessions", "K15", Google.On("2024-11-08").Sts(Enforced).Succeeded(9).Failed(3, ValidationFailure)),
        new("handshake-all", "K12", Google.On("2024-11-08").Sts(Enforced).Failed(3, ValidationFailure)),
        new("other", null, Google.On("2024-11-08").Sts(Enforced).Failed(3, "quantum-failure")),
    ];
}
