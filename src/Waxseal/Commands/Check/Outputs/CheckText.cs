using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Senders;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Terminal;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>The answer for people: the verdict, the findings by urgency, who can get the policy, and the facts if asked for.</summary>
internal sealed class CheckText(Page page, bool verbose) : ICheckOutput
{
    private const int SenderColumns = 26;
    private const int ShareColumns = 4;

    // Whose share is as large needs no further proof for people to act.
    private const int Plain = 80;

    private readonly HashSet<string> _resolversTold = [];
    private string _mendedWhen = "";
    private int _domains;
    private int _flawed;

    public void Write(CheckResult result)
    {
        if (_domains++ > 0)
            page.Blank();
        if (result.Standing is CheckStanding.Flawed or CheckStanding.Broken)
            _flawed++;
        page.Paragraph(Styled.Strong(result.Facts.PolicyDomain) + ": " + Coloured(Verdict.Of(result)));
        _mendedWhen = "";
        foreach (Finding finding in result.Findings)
            WriteFinding(finding);
        WriteSenders(result.Senders);
        if (result.Facts.Resolver.Validates == false && _resolversTold.Add(string.Join(", ", result.Facts.Resolver.Addresses)))
            page.Paragraph(Styled.Warning($"The resolver ({string.Join(", ", result.Facts.Resolver.Addresses)}) does not validate DNSSEC. What is said of DNSSEC rests on our own validation alone; name one that validates with --resolver."));
        if (!result.Omitted.IsEmpty)
            page.Paragraph(Styled.Warning($"Not looked at: {string.Join("; ", result.Omitted)}."));
        if (verbose)
            new FactsText(page).Write(result);
    }

    public void End()
    {
        if (_domains < 2)
            return;
        page.Blank();
        page.Paragraph(Styled.Dim($"{_domains.ToString("N0", CultureInfo.InvariantCulture)} policy domains, {_flawed.ToString("N0", CultureInfo.InvariantCulture)} with faults."));
    }

    public void Dispose()
    {
        // A page holds nothing.
    }

    private static Styled Coloured(Verdict verdict) => verdict.Tone switch
    {
        Tone.Good => Styled.Good(verdict.Text),
        Tone.Warning => Styled.Warning(verdict.Text),
        Tone.Error => Styled.Error(verdict.Text),
        _ => Styled.Dim(verdict.Text),
    } + verdict.More;

    private void WriteFinding(Finding finding)
    {
        page.Heading(finding.Title);
        page.Paragraph(SeverityOf(finding) + Styled.Dim($": {finding.InShort}"));
        using (page.Indent())
        {
            page.Paragraph(finding.Happened);
            WriteCauses(finding.Ranking);
            if (finding.Severity != Severity.Info)
                page.Paragraph(Styled.Dim(finding.Effect));
            foreach (string action in finding.Actions)
                WriteAction(action);
            WriteWhatDecides(finding);
            if (finding.MendedWhen != _mendedWhen)
                page.Paragraph(Styled.Dim($"How you will know: {finding.MendedWhen}"));
            _mendedWhen = finding.MendedWhen;
        }
    }

    // One cause that was seen needs no weighing.
    private void WriteCauses(Ranking ranking)
    {
        if (ranking.Causes.Length < 2)
            return;

        page.Blank();
        foreach (RankedCause ranked in ranking.Causes)
            page.Row(Styled.Strong($"{ranked.Percent.ToString(CultureInfo.InvariantCulture),2} %"), $"[{ranked.Cause.Id}] {ranked.Cause.Title}", ShareColumns);
        page.Row(Styled.Strong($"{ranking.NotDeterminablePercent.ToString(CultureInfo.InvariantCulture),2} %"), "something else", ShareColumns);
        page.Blank();
    }

    private void WriteWhatDecides(Finding finding)
    {
        if (finding.Observations.IsEmpty || finding.Ranking.Causes[0].Percent >= Plain)
            return;
        page.Paragraph("What would decide:");
        foreach (string observation in finding.Observations)
            page.Item(observation);
    }

    private void WriteAction(string action)
    {
        string[] lines = action.Split('\n');
        page.Item(lines[0]);
        using (page.Indent(4))
        {
            foreach (string line in lines[1..])
                page.Verbatim(Styled.Strong(line));
        }
    }

    private void WriteSenders(ImmutableArray<SenderOutlook> senders)
    {
        if (senders.IsEmpty || (senders.All(sender => sender.FailsAt is null) && !verbose))
            return;

        page.Heading("Who can get and accept the policy");
        SenderOutlook? above = null;
        foreach (SenderOutlook sender in senders)
        {
            page.Row($"  {sender.Title}", Outlook(sender, above), SenderColumns);
            above = sender;
        }

        if (senders.Any(sender => sender.IsAssumed))
            page.Paragraph(Styled.Dim("(?) rests on what is assumed of the sender, not known."));
    }

    private static Styled Outlook(SenderOutlook sender, SenderOutlook? above) => sender.FailsAt is null
        ? Styled.Good("yes")
        : (sender.IsPartial ? Styled.Warning("in part") : Styled.Error("no")) + (sender.IsAssumed ? " (?)" : "") + $", {OutlookWords.Of(sender, above)}";

    private static Styled SeverityOf(Finding finding) => finding.Severity switch
    {
        Severity.Error => Styled.Error("error"),
        Severity.Warning => Styled.Warning("warning"),
        _ => Styled.Dim("remark"),
    };
}
