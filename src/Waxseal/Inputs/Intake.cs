using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Deliveries;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Delivery;

namespace Waxseal.Inputs;

/// <summary>Reads reports into a ledger, and logs and bounces into another, and keeps account of what could not be read.</summary>
internal sealed class Intake
{
    // A reader needs the first of them; a million bad files must not fill the memory.
    private const int MostKept = 1000;

    private readonly SortedDictionary<string, DefectCount> _defects = new(StringComparer.Ordinal);

    public ReportLedger Ledger { get; } = new();

    /// <summary>What logs and bounces tell.</summary>
    public DeliveryLedger Deliveries { get; } = new();

    /// <summary>Whether there is anything to explain.</summary>
    public bool HoldsAnything => Ledger.Reports > 0 || HoldsDeliveries;

    /// <summary>Whether any log or bounce told of a delivery.</summary>
    public bool HoldsDeliveries { get; private set; }

    /// <summary>Whether all that was found is lines that tell of TLS in words that are not known.</summary>
    public bool IsNotUnderstood => Ledger.Reports == 0 && Deliveries is { UnreadLines: > 0, FailedAttempts: 0, NotGrouped: 0 };

    /// <summary>The policy domains that were spoken of.</summary>
    public IEnumerable<string> PolicyDomains => Ledger.Policies.Select(policy => policy.PolicyDomain)
        .Concat(Deliveries.Groups.Where(group => !group.First.IsRelayHost).Select(group => group.First.PolicyDomain).Where(name => name.Length > 0))
        .Distinct();

    /// <summary>What held no report, the first thousand of them.</summary>
    public List<UnreadInput> Unread { get; } = [];

    /// <summary>How many inputs held no report.</summary>
    public int UnreadCount { get; private set; }

    /// <summary>How many files in folders are plainly something else.</summary>
    public int Skipped { get; private set; }

    /// <summary>What was skipped, the first thousand of it.</summary>
    public List<SkippedInput> SkippedInputs { get; } = [];

    /// <summary>How the reports that were read depart from RFC 8460, by code.</summary>
    public ImmutableArray<DefectCount> Defects => [.. _defects.Values];

    public void Add(IntakeResult result)
    {
        switch (result)
        {
            case IntakeResult.Found found:
                Add(found);
                break;
            case IntakeResult.Failed failed:
                AddUnread(new UnreadInput(failed.Origin.ToString(), failed.Reason, failed.Offset));
                break;
            case IntakeResult.Skipped skipped:
                AddSkipped(skipped);
                break;
            case IntakeResult.Deliveries:
                HoldsDeliveries = true;
                break;
        }
    }

    /// <summary>Explains all that was read: reports, logs and bounces.</summary>
    /// <param name="asOf">Now.</param>
    /// <param name="looks">What looks at policy domains showed.</param>
    /// <param name="histories">What earlier looks showed.</param>
    public Explanation Explain(DateTimeOffset asOf, IReadOnlyDictionary<string, LookSummary>? looks = null, IReadOnlyDictionary<string, DomainHistory>? histories = null)
    {
        looks ??= new Dictionary<string, LookSummary>();
        Explanation ofReports = Diagnostician.Explain(Ledger, asOf, looks, histories ?? new Dictionary<string, DomainHistory>());
        return ofReports with
        {
            Findings = [.. ofReports.Findings.Concat(DeliveryDiagnosis.Explain(Deliveries, asOf, looks)).OrderByDescending(finding => finding.Severity)],
        };
    }

    private void Add(IntakeResult.Found found)
    {
        ReportReading reading = ReportReader.Read(found.Json.Span);
        if (reading.Report is { } report)
        {
            ReportReceipt receipt = Ledger.Add(new ReportEvidence(report, found.Origin.ToString())
            {
                Defects = reading.Defects,
                PolicyDomainOfEnvelope = PolicyDomainOf(found.Origin),
            });

            // What a copy repeats was counted with the report itself.
            if (receipt != ReportReceipt.Duplicate)
                CountDefects(reading, found.Origin, KnownReporters.Identify(report).Profile);
            return;
        }

        ReportDefect[] fatal = [.. reading.Defects.Where(defect => defect.IsFatal)];
        string place = fatal[0].JsonPointer.Length == 0 ? "" : $"{fatal[0].JsonPointer}: ";
        AddUnread(new UnreadInput(found.Origin.ToString(), place + fatal[0].Message, fatal[0].Offset)
        {
            FurtherFaults = fatal.Length > 1 ? fatal.Length - 1 : null,
        });
    }

    private void CountDefects(ReportReading reading, ReportOrigin origin, ReporterProfile reporter)
    {
        foreach (ReportDefect defect in reading.Defects.DistinctBy(defect => defect.Code))
        {
            // That a sender is known for a defect says nothing of the reports of others.
            string? sender = reporter == KnownReporters.Unknown
                || defect.KnownSender?.StartsWith(reporter.Id, StringComparison.OrdinalIgnoreCase) == true ? defect.KnownSender : null;
            _defects[defect.Code] = _defects.TryGetValue(defect.Code, out DefectCount? counted)
                ? counted with { Reports = counted.Reports + 1, KnownSender = counted.KnownSender ?? sender }
                : new DefectCount(defect.Code, 1, sender, defect.Message, origin.ToString());
        }
    }

    private void AddUnread(UnreadInput unread)
    {
        UnreadCount++;
        if (Unread.Count < MostKept)
            Unread.Add(unread);
    }

    private void AddSkipped(IntakeResult.Skipped skipped)
    {
        Skipped++;
        if (SkippedInputs.Count < MostKept)
            SkippedInputs.Add(new SkippedInput(skipped.Origin.ToString(), skipped.Reason));
    }

    // RFC 8460 §5.6: what stands around the body only fills in where the body is silent.
    private static string? PolicyDomainOf(ReportOrigin origin)
    {
        string? text = origin.Mail?.TlsReportDomain
            ?? (ReportFileName.TryParse(origin.FileName, out ReportFileName? name, out _) ? name.PolicyDomain.Value : null);
        return text is not null && DomainName.TryParse(text, out DomainName? domain, out _) ? domain.Value : null;
    }
}

/// <summary>Something that held no report.</summary>
/// <param name="Input">Where it is.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Offset">The byte at which it went wrong, from 0; null where that is not known.</param>
internal sealed record UnreadInput(string Input, string Reason, long? Offset)
{
    /// <summary>How many faults there are beside the one that is named; null where there are none.</summary>
    public int? FurtherFaults { get; init; }
}

/// <summary>Something in a folder or mailbox that was taken for no report.</summary>
/// <param name="Input">Where it is.</param>
/// <param name="Reason">Why, as the end of a sentence that begins with the input.</param>
internal sealed record SkippedInput(string Input, string Reason);

/// <summary>A departure from RFC 8460 and how many reports show it.</summary>
/// <param name="Code">The defect.</param>
/// <param name="Reports">Reports that show it.</param>
/// <param name="KnownSender">A sender that is known for it and may have sent these reports, or null.</param>
/// <param name="Message">What is wrong, by the first of them.</param>
/// <param name="First">The first input that shows it.</param>
internal sealed record DefectCount(string Code, int Reports, string? KnownSender, string Message, string First);
