using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Delivery;
using Waxseal.ReportIntake;

namespace Waxseal.Commands.Explain;

/// <summary>Reads reports into a ledger, and keeps account of what could not be read.</summary>
internal sealed class Intake
{
    // A reader needs the first of them; a million bad files must not fill the memory.
    private const int MostUnreadKept = 1000;

    private readonly SortedDictionary<string, DefectCount> _defects = new(StringComparer.Ordinal);

    public ReportLedger Ledger { get; } = new();

    /// <summary>What held no report, the first thousand of them.</summary>
    public List<UnreadInput> Unread { get; } = [];

    /// <summary>How many inputs held no report.</summary>
    public int UnreadCount { get; private set; }

    /// <summary>Files in folders that are plainly something else.</summary>
    public int Skipped { get; private set; }

    /// <summary>How the reports depart from RFC 8460, by code.</summary>
    public ImmutableArray<DefectCount> Defects => [.. _defects.Values];

    public void Add(IntakeResult result)
    {
        switch (result)
        {
            case IntakeResult.Found found:
                Add(found);
                break;
            case IntakeResult.Failed failed:
                AddUnread(failed.Origin, failed.Reason, failed.Offset);
                break;
            default:
                Skipped++;
                break;
        }
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
                CountDefects(reading, found.Origin, KnownReporters.Identify(report).Name);
            return;
        }

        CountDefects(reading, found.Origin, reporter: null);
        ReportDefect fatal = reading.Defects[^1];
        AddUnread(found.Origin, fatal.Message, fatal.Offset);
    }

    private void CountDefects(ReportReading reading, ReportOrigin origin, string? reporter)
    {
        foreach (ReportDefect defect in reading.Defects.DistinctBy(defect => defect.Code))
        {
            // That a sender is known for a defect says something of its own reports alone.
            string? sender = defect.KnownSender is { } known && known == reporter ? known : null;
            _defects[defect.Code] = _defects.TryGetValue(defect.Code, out DefectCount? counted)
                ? counted with { Reports = counted.Reports + 1, KnownSender = counted.KnownSender ?? sender }
                : new DefectCount(defect.Code, 1, sender, defect.Message, origin.ToString());
        }
    }

    private void AddUnread(ReportOrigin origin, string reason, long? offset)
    {
        UnreadCount++;
        if (Unread.Count < MostUnreadKept)
            Unread.Add(new UnreadInput(origin.ToString(), reason, offset));
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
internal sealed record UnreadInput(string Input, string Reason, long? Offset);

/// <summary>A departure from RFC 8460 and how many reports show it.</summary>
/// <param name="Code">The defect.</param>
/// <param name="Reports">Reports that show it.</param>
/// <param name="KnownSender">A sender among those of these reports that is known for it, or null.</param>
/// <param name="Message">What is wrong, by the first of them.</param>
/// <param name="First">The first input that shows it.</param>
internal sealed record DefectCount(string Code, int Reports, string? KnownSender, string Message, string First);
