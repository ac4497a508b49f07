using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Checks.Certificates;
using Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Senders;

/// <summary>Goes the way of one sender through the facts, to the first step that fails it.</summary>
internal sealed class SenderEmulation(SenderProfile profile, CheckView view)
{
    public SenderOutlook Run()
    {
        if (Record() is { } record)
            return record;

        ImmutableArray<PolicyHostAddressFacts> addresses =
        [
            .. view.Facts.PolicyHost.Where(address => address.Connection.Fault != ConnectionFault.NoRoute
                && (profile.Families.Value != AddressFamilies.Ipv4 || !address.IsIpv6)),
        ];
        if (addresses.IsEmpty)
        {
            return view.Facts.PolicyHost.IsEmpty
                ? Fails(FetchStep.Address, "no address", isKnown: true)
                : view.Answer(view.PolicyHost, "A").Outcome == DnsOutcome.Found
                    ? Fails(FetchStep.Address, "the IPv4 addresses it uses were not visited", isKnown: false)
                    : Fails(FetchStep.Address, "no address of a family it uses, or none that can be reached from here", profile.Families.IsKnown);
        }

        SenderOutlook[] outlooks = [.. addresses.Select(At)];
        SenderOutlook? failing = outlooks.FirstOrDefault(outlook => outlook.FailsAt is not null);
        return failing is null ? outlooks[0] : failing with { IsPartial = outlooks.Any(outlook => outlook.FailsAt is null) };
    }

    private SenderOutlook? Record()
    {
        Leniency reading = profile.Reading.Value;
        DnsAnswerFacts answer = view.Answer(view.StsName, "TXT");
        switch (view.StsRecord)
        {
            case TxtLookup<StsRecord>.Failed failed:
                return Fails(FetchStep.Record, failed.Reason, isKnown: true);
            case TxtLookup<StsRecord>.Several:
                return Fails(FetchStep.Record, "several records", isKnown: true);
            case TxtLookup<StsRecord>.Invalid invalid when !(reading.HasFlag(Leniency.IgnoresId) && IsOfIdAlone(invalid.Problems)):
                return Fails(FetchStep.Record, Fatal(invalid.Problems), isKnown: true);
            case TxtLookup<StsRecord>.NoRecord:
                return Fails(FetchStep.Record, "no record", isKnown: true);
            case TxtLookup<StsRecord>.Found when reading.HasFlag(Leniency.RefusesForeignRecords) && answer.Records.Length > 1:
                return Fails(FetchStep.Record, "other TXT records beside it", isKnown: true);
            case TxtLookup<StsRecord>.Found found when reading.HasFlag(Leniency.NeedsExactRecordStart)
                && found.Problems.Any(problem => problem.Code == "sts-record-space-before-semicolon"):
                return Fails(FetchStep.Record, "a blank before the semicolon", isKnown: true);
            default:
                return null;
        }
    }

    private static bool IsOfIdAlone(ImmutableArray<Problem> problems) =>
        problems.Where(IsFatal).All(problem => problem.Code.StartsWith("sts-record-id", StringComparison.Ordinal));

    private SenderOutlook At(PolicyHostAddressFacts address)
    {
        if (address.Connection.Fault is not null)
            return Fails(FetchStep.Connection, $"{address.Address}: {address.Connection.Detail}", isKnown: true);
        if (address.Handshake(HandshakeVariant.Usual) is not { } usual)
            return Fails(FetchStep.Tls, "no handshake was made", isKnown: false);
        if (usual.Fault is not null)
            return Fails(FetchStep.Tls, usual.Detail ?? "the handshake fails", isKnown: true);
        if (!profile.SpeaksTls13.Value && address.Handshake(HandshakeVariant.Tls12) is { Fault: not null } old)
            return Fails(FetchStep.Tls, $"with TLS 1.2 alone: {old.Detail}", profile.SpeaksTls13.IsKnown);
        if (CertificateFault.Of(usual, view.PolicyHost, view.Facts.GatheredAt).FirstOrDefault(fault => fault.Kind != CertificateFaultKind.Weak) is { } fault)
            return Fails(FetchStep.Certificate, fault.Seen.TrimEnd('.'), isKnown: true);

        VisitFacts? visit = address.Visits.FirstOrDefault(visit => visit.UserAgent == profile.UserAgent.Value && visit.HttpVersion == profile.HttpVersion.Value)
            ?? address.Visits.FirstOrDefault();
        return visit is null ? Fails(FetchStep.Http, "it was not visited", isKnown: false) : OfVisit(address, visit);
    }

    private SenderOutlook OfVisit(PolicyHostAddressFacts address, VisitFacts visit)
    {
        if (visit.Status is not { } status || visit.Fault is not null)
            return Fails(FetchStep.Http, visit.Detail ?? "no answer", profile.UserAgent.IsKnown);
        if (status != 200 && profile.NeedsStatus200.Value)
            return Fails(FetchStep.Http, $"status {status.ToString(CultureInfo.InvariantCulture)}", profile.NeedsStatus200.IsKnown && (profile.UserAgent.IsKnown || address.Visits.All(other => other.Status == status)));
        if (profile.NeedsPlainText.Value && !HttpChecks.IsPlainText(visit.Field("content-type")))
            return Fails(FetchStep.MediaType, visit.Field("content-type") ?? "no media type", profile.NeedsPlainText.IsKnown);
        if (profile.MaxBody.Value is { } most && visit.Body.Length > most)
            return Fails(FetchStep.Size, $"more than {most} octets", profile.MaxBody.IsKnown);

        double total = HttpChecks.Total(address, address.Visits[0]);
        if (total > profile.TimeLimit.Value.TotalMilliseconds)
        {
            return Fails(FetchStep.Time, $"{(total / 1000).ToString("0.0", CultureInfo.InvariantCulture)} s, and it waits "
                + $"{profile.TimeLimit.Value.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s", profile.TimeLimit.IsKnown);
        }

        return PolicyRefusal(visit) is { } refusal
            ? Fails(FetchStep.Policy, refusal, profile.Reading.IsKnown)
            : new(profile.Name, profile.Title, null, "");
    }

    // What a strict reader refuses a lenient one may take, and the other way round.
    private string? PolicyRefusal(VisitFacts visit)
    {
        Leniency reading = profile.Reading.Value;
        Parsed<StsPolicy> policy = StsPolicyReader.Read(visit.Body.Span);
        if (reading.HasFlag(Leniency.TakesAnyBody))
            return policy.Problems.FirstOrDefault(problem => problem.Code.StartsWith("sts-policy-version", StringComparison.Ordinal))?.Message;

        bool has(string code) => policy.Problems.Any(problem => problem.Code == code);
        if (policy.Value is null)
        {
            Problem[] fatal = [.. policy.Problems.Where(problem => IsFatal(problem) && !IsTaken(problem.Code, reading))];
            return fatal.Length == 0 ? null : fatal[0].Message;
        }

        return has("sts-policy-blank-line") && reading.HasFlag(Leniency.RefusesBlankLines) ? "an empty line in the policy"
            : has("sts-policy-field-repeated") && reading.HasFlag(Leniency.RefusesRepeatedFields) ? "a repeated field"
            : policy.Value is { Mode: StsMode.None, MxPatterns.IsEmpty: true } && reading.HasFlag(Leniency.RefusesNoneWithoutMx) ? "mode none without mx"
            : policy.Value.MaxAge == TimeSpan.Zero && reading.HasFlag(Leniency.RefusesZeroMaxAge) ? "a max_age of 0"
            : null;
    }

    private static bool IsTaken(string code, Leniency reading) => code switch
    {
        "sts-policy-max-age-too-large" => reading.HasFlag(Leniency.CapsLargeMaxAge),
        "sts-policy-version-missing" or "sts-policy-mode-missing" or "sts-policy-max-age-missing" => reading.HasFlag(Leniency.TakesMissingFields),
        _ => false,
    };

    private static string Fatal(ImmutableArray<Problem> problems) => problems.First(IsFatal).Message;

    private static bool IsFatal(Problem problem) => problem is { Severity: ProblemSeverity.Error, IsTolerable: false };

    private SenderOutlook Fails(FetchStep step, string reason, bool isKnown) => new(profile.Name, profile.Title, step, reason) { IsAssumed = !isKnown };
}
