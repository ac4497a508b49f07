using System.Collections.Immutable;
using System.CommandLine;
using Waxseal.Answers;
using Waxseal.Evidence;
using Waxseal.Hosting.Configuration;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.ReportIntake;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Shows one report whole.</summary>
internal sealed class StoreShowCommand : StoreSubcommand
{
    private const int Columns = 14;

    private readonly Argument<string> _id = new("ID") { Description = $"The name of the report, as store list gives it; its first {ReportList.LeastLetters} letters or more." };
    private readonly Option<bool> _raw = new("--raw") { Description = "Write the report itself, as it came, and nothing else." };
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };

    public StoreShowCommand(Surroundings surroundings)
        : base("show", "Show one report whole: where it came from, who proved it, why it does not count, and what it says of each policy.", surroundings)
    {
        Add(_id);
        Add(_raw);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string id = parsed.GetValue(_id)!;
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        ImmutableArray<StoredReport> found = await store.List.WithIdAsync(id, cancellationToken);
        if (found.Length != 1)
            return Refuse(found.Length == 0 ? $"there is no report whose name begins with \"{id}\"; waxseal store list gives names." : $"several reports have names that begin with \"{id}\"; give more of it.");

        StoredReport report = found[0];
        byte[]? body = await store.Stored.BodyAsync(report.Reference, cancellationToken);
        if (parsed.GetValue(_raw))
            return WriteRaw(report, body);
        ImmutableArray<PolicySessions> policies = body is null
            ? await store.List.PoliciesAsync(report, cancellationToken)
            : ReportReceiver.ReadAgain(report, body, configuration.ReportIntake ?? new()).Evidence is { } evidence ? PolicySessions.Of(evidence) : [];
        if (parsed.GetValue(_json))
        {
            Surroundings.Out.Flush();
            JsonOutput.Write(Surroundings.OutStream, WholeReportJson.Of(report, policies), StoreJsonContext.Default.WholeReportJson);
        }
        else
        {
            Write(report, policies, isBodyKept: body is not null);
        }

        return ExitCode.Clean;
    }

    private int WriteRaw(StoredReport report, byte[]? body)
    {
        if (body is null)
        {
            Surroundings.NewErrorPage().Paragraph(Styled.Error("waxseal: ") + $"the bytes of report {ReportText.ShortId(report)} are not kept any more (store.keepBodies, store.keepRefused).");
            return ExitCode.CouldNotTell;
        }

        Surroundings.Out.Flush();
        Surroundings.OutStream.Write(StoredBody.Plain(body));
        return ExitCode.Clean;
    }

    private void Write(StoredReport report, ImmutableArray<PolicySessions> policies, bool isBodyKept)
    {
        Page page = Surroundings.NewPage();
        page.Paragraph(Styled.Strong(ReportText.Subject(report)) + $" by {ReportText.Sender(report)}{ReportText.Days(report)}");
        page.Row("Name", report.Reference.Id, Columns);
        page.Row("State", report.State == ReportState.Counted ? Styled.Good("counted") : Styled.Warning(report.State.ToWord()), Columns);
        if (WhyNotCounted.Of(report) is { } why)
        {
            page.Row("Why", $"{why.Reason}.", Columns);
            if (why.Remedy.Length > 0)
                page.Row("What to do", why.Remedy, Columns);
        }

        string again = report.TimesReceived > 1 ? $"; {ReportText.Number(report.TimesReceived)} times, last {ReportText.Time(report.LastReceivedAt)} UTC" : "";
        page.Row("Came", $"{ReportText.Time(report.Arrival.At)} UTC by {report.Arrival.Channel.ToWord()} from {report.Arrival.Origin}{again}", Columns);
        page.Row("Trust", report.Arrival.Trust.ToWord() + (report.Arrival.TrustReason.Length > 0 ? $": {report.Arrival.TrustReason}" : ""), Columns);
        Row("Submitter", report.Arrival.Submitter);
        Row("Organisation", report.OrganizationName);
        Row("Contact", report.ContactInfo);
        Row("Report id", report.ReportId);
        page.Row("Bytes", isBodyKept ? $"waxseal store show {ReportText.ShortId(report)} --raw" : "not kept any more", Columns);
        foreach (PolicySessions policy in policies)
            Write(page, policy);
        Write(page, report.Defects);

        void Row(string label, string? text)
        {
            if (!string.IsNullOrEmpty(text))
                page.Row(label, text, Columns);
        }
    }

    private static void Write(Page page, PolicySessions policy)
    {
        page.Heading($"{policy.Policy.TypeText} {policy.PolicyDomain}");
        string failed = $"{ReportText.Number(policy.Policy.FailedSessions)} failed";
        page.Row("Sessions", $"{ReportText.Number(policy.Policy.SuccessfulSessions)} ok, " + (policy.Policy.FailedSessions > 0 ? Styled.Error(failed) : failed)
            + (policy.CountedElsewhere ? "; the same stand under another policy type" : ""), Columns);
        foreach (string line in policy.Policy.PolicyString)
            page.Row(line == policy.Policy.PolicyString[0] ? "Policy" : "", line, Columns);
        foreach (FailureDetail failure in policy.Policy.Failures)
            page.Row("Failure", string.Join(", ", new[] { $"{failure.TypeText}: {ReportText.Number(failure.FailedSessions)}", From(failure), At(failure), failure.FailureReasonCode }.Where(part => !string.IsNullOrEmpty(part))), Columns);
    }

    private static string? From(FailureDetail failure) => failure.SendingMtaIp is { Length: > 0 } address ? $"from {address}" : null;

    private static string? At(FailureDetail failure)
    {
        string host = string.Join(' ', new[] { failure.ReceivingMxHost, failure.ReceivingIp }.Where(part => !string.IsNullOrEmpty(part)));
        return host.Length > 0 ? $"at {host}" : null;
    }

    private static void Write(Page page, string defects)
    {
        ImmutableArray<DefectJson> list = DefectJson.In(defects);
        if (list.IsEmpty)
            return;
        page.Heading("How it departs from RFC 8460");
        foreach (DefectJson defect in list)
            page.Item($"{defect.Message} ({defect.Code}{(defect.At.Length > 0 ? $", {defect.At}" : "")})");
    }
}
