using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>The decision table for sessions that failed at an MX host under MTA-STS or without a policy.</summary>
internal static class SessionTable
{
    public static ImmutableArray<DecisionRow> Rows { get; } =
    [
        // The policy against the MX hosts.
        Row("mx-old-policy", "the failing reports carry an older policy than other reports do",
            [FaultFamily.MxNotInPolicy, FaultFamily.MxHandshake], i => MayBeUnlisted(i) && HasOldPolicy(i),
            [("C09", .6), ("A12", .12), ("I01", .12), ("A02", .05)]),
        Row("mx-wildcard-too-short", "the MX host has more labels than the wildcard of the policy stands for",
            [FaultFamily.MxNotInPolicy, FaultFamily.MxHandshake], i => HasUnlisted(i, (mxHost, pattern) => pattern.IsWildcard && mxHost.IsBelow(pattern.Name)),
            [("J03", .85)]),
        Row("mx-names-policy-domain", "the policy names the policy domain itself, and the MX host has another name",
            [FaultFamily.MxNotInPolicy, FaultFamily.MxHandshake], i => HasUnlisted(i, (_, pattern) => !pattern.IsWildcard && pattern.Name.Value == i.PolicyDomain),
            [("J02", .7), ("J04", .15), ("J01", .05)]),
        Row("mx-wildcard-lost", "the MX host lies below a name of the policy that has no wildcard",
            [FaultFamily.MxNotInPolicy, FaultFamily.MxHandshake], i => HasUnlisted(i, (mxHost, pattern) => !pattern.IsWildcard && mxHost.IsBelow(pattern.Name)),
            [("J04", .7), ("J01", .15), ("J06", .05)]),
        Row("mx-other-name", "the MX host's name is unlike every mx line of the policy",
            [FaultFamily.MxNotInPolicy, FaultFamily.MxHandshake], i => HasUnlisted(i, (_, _) => true),
            [("J01", .55), ("J09", .15), ("J06", .1), ("C09", .1)]),
        Row("mx-not-listed-all", "every session fails because the MX host is not in the policy",
            [FaultFamily.MxNotInPolicy], i => i.FailedSessions >= i.SessionsThen,
            [("J02", .25), ("J01", .25), ("J04", .15), ("J03", .15), ("J09", .1)]),
        Row("mx-not-listed-some", "some sessions fail because the MX host is not in the policy",
            [FaultFamily.MxNotInPolicy], _ => true,
            [("J06", .35), ("J01", .35), ("C09", .1)]),

        // STARTTLS.
        Row("starttls-all", "no sender is offered STARTTLS",
            [FaultFamily.StartTls], i => i.AllReportersFail && i.FailedSessions >= i.SessionsThen,
            [("K01", .5), ("K02", .25), ("K04", .15)]),
        Row("starttls-some", "some senders or sessions are not offered STARTTLS",
            [FaultFamily.StartTls], _ => true,
            [("K03", .5), ("K02", .2), ("K04", .1), ("K01", .05)]),

        // Certificates.
        Row("name-one-sender", "one sender finds the wrong name, and others are content on the same day",
            [FaultFamily.MxCertificateName], i => i.FailingReporters.Length == 1 && !i.AllReportersFail,
            [("K09", .4), ("K10", .2), ("K14", .15), ("K05", .1)]),
        Row("name-one-mx-host", "the wrong name is found at one of several MX hosts",
            [FaultFamily.MxCertificateName], i => IsOneOfSeveralMxHosts(i) && i.FailedSessions < i.SessionsThen,
            [("K05", .6), ("K10", .15), ("K16", .1), ("K03", .05)]),
        Row("name-some-sessions", "some sessions find the wrong name",
            [FaultFamily.MxCertificateName], i => i.FailedSessions < i.SessionsThen,
            [("K10", .4), ("K14", .15), ("K05", .25)]),
        Row("name-all", "every session finds the wrong name",
            [FaultFamily.MxCertificateName], _ => true,
            [("K05", .5), ("K16", .2), ("K07", .2)]),
        Row("expired", "the reporter says that the certificate has expired",
            [FaultFamily.MxCertificateExpired], _ => true,
            [("K06", .65), ("K11", .25)]),
        Row("untrusted-chain", "senders on OpenSSL, Go or rustls refuse the certificate, and Microsoft takes it",
            [FaultFamily.MxCertificateUntrusted], i => i.SucceededSameDay.Any(reporter => reporter.Profile.CompletesChains),
            [("K08", .8), ("K10", .05)]),
        Row("untrusted-some-sessions", "some sessions find an untrusted certificate",
            [FaultFamily.MxCertificateUntrusted], i => i.FailedSessions < i.SessionsThen,
            [("K10", .4), ("K14", .15), ("K18", .1), ("K08", .15)]),
        Row("untrusted-all", "every session finds an untrusted certificate",
            [FaultFamily.MxCertificateUntrusted], _ => true,
            [("K07", .4), ("K08", .35), ("K16", .1)]),

        // The handshake, without more words.
        Row("handshake-microsoft-alone", "Microsoft alone fails, without a reason, while it or others succeed",
            [FaultFamily.MxHandshake], i => OnlyMicrosoftWithoutReason(i) && (i.SucceededBefore || !i.AllReportersFail),
            [("K13", .7), ("K22", .1), ("K12", .08)]),
        Row("handshake-microsoft", "Microsoft fails without a reason, and no other reporter speaks",
            [FaultFamily.MxHandshake], OnlyMicrosoftWithoutReason,
            [("K13", .35), ("J01", .1), ("K05", .1), ("K12", .1), ("K22", .1)]),
        Row("handshake-one-mx-host", "only one of several MX hosts fails",
            [FaultFamily.MxHandshake], i => IsOneOfSeveralMxHosts(i) && i.FailedSessions < i.SessionsThen,
            [("K03", .3), ("J06", .25), ("K05", .2), ("K15", .1)]),
        Row("handshake-some-sessions", "some sessions fail in the handshake",
            [FaultFamily.MxHandshake], i => i.FailedSessions < i.SessionsThen,
            [("K15", .25), ("K10", .2), ("K03", .15), ("K22", .1), ("K18", .05)]),
        Row("handshake-all", "every session fails, without a reason that tells more",
            [FaultFamily.MxHandshake], _ => true,
            [("K05", .15), ("J01", .15), ("K12", .2), ("K22", .15), ("K04", .1)]),
        Row("other", "the report gives no reason that is known",
            [FaultFamily.Other], _ => true, []),
    ];

    private static DecisionRow Row(
        string id,
        string pattern,
        ImmutableArray<FaultFamily> families,
        Func<Incident, bool> fits,
        ImmutableArray<(string CauseId, double Share)> starts) =>
        new(id, pattern, incident => families.Contains(incident.Family) && fits(incident), starts);

    private static bool OnlyMicrosoftWithoutReason(Incident incident) =>
        incident.FailingReporters.All(reporter => reporter.Profile.Id == "microsoft")
        && incident.Faults.All(fault => fault.Reason is null or "VALIDATION_FAILURE");

    private static bool MayBeUnlisted(Incident incident) =>
        incident.Family == FaultFamily.MxNotInPolicy || incident.MxAttempts.Any(attempt => attempt.IsListed != true);

    // Of two lists of MX patterns the older is the one that was seen first; a list seen since tells that it was replaced.
    private static bool HasOldPolicy(Incident incident)
    {
        var firstSeen = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        foreach (ReportedPolicy policy in incident.All)
        {
            if (policy.Policy is { } applied)
                firstSeen.TryAdd(Patterns(applied), policy.Days.First);
        }

        DateOnly newest = firstSeen.Values.DefaultIfEmpty(DateOnly.MinValue).Max();
        return incident.Failing.All(policy => policy.Policy is { } applied && firstSeen[Patterns(applied)] < newest);
    }

    private static string Patterns(StsPolicy policy) => string.Join(' ', policy.MxPatterns);

    // All failures lie at one MX host, and the policy tells of others.
    private static bool IsOneOfSeveralMxHosts(Incident incident) =>
        incident.MxHosts.Length == 1 && incident.Failing.Any(policy => policy.Policy?.MxPatterns.Length > 1);

    // Holds the MX hosts that no pattern of their policy allows against its patterns.
    private static bool HasUnlisted(Incident incident, Func<DomainName, MxPattern, bool> isLike) =>
        incident.MxAttempts.Any(attempt => attempt.IsListed == false && attempt.HasPattern(pattern => isLike(attempt.MxHost!, pattern)));
}
