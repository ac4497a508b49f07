using System.Globalization;
using Waxseal.Hosting;
using Waxseal.Hosting.Control;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Ctl;

/// <summary>Tells how the process fares.</summary>
internal sealed class CtlStatusCommand(Surroundings surroundings) : CtlSubcommand<StatusAnswer>(
    "status", "Tell what runs, since when, where it listens, what is wrong, and which reports came last.", ControlJson.Default.StatusAnswer, surroundings)
{
    private const int Columns = 20;

    protected override int ExitCodeOf(StatusAnswer answer) => answer.IsWell ? ExitCode.Clean : ExitCode.Findings;

    protected override void Write(StatusAnswer answer)
    {
        Page page = Surroundings.NewPage();
        page.Paragraph((answer.IsWell ? Styled.Good("All is well.") : Styled.Error("Something is wrong.")) + $" waxseal {answer.Program}, process {answer.ProcessId}, runs since {Time(answer.Since)}.");
        page.Row("Configuration", $"{answer.Configuration ?? "the defaults"}, read {Time(answer.ConfigurationReadAt)}", Columns);
        foreach (string problem in answer.ConfigurationProblems)
            page.Row("", Styled.Error("Refused since: ") + problem, Columns);
        page.Row("Store", answer.Store.Trouble is { } trouble ? $"{answer.Store.Place}; " + Styled.Error(trouble) : answer.Store.Place, Columns);
        page.Heading("Roles");
        if (answer.Roles.IsEmpty)
            page.Paragraph("None is on: the configuration has no section of one.");
        foreach (RoleStatus role in answer.Roles)
            Write(page, role);
        page.Heading("Reports that came last");
        if (answer.LastReports.IsEmpty)
            page.Paragraph("None since it runs.");
        foreach (RecentReport report in answer.LastReports)
            page.Row(Time(report.At), $"{(report.PolicyDomain.Length > 0 ? report.PolicyDomain : "(no policy domain)")}{(report.Reporter.Length > 0 ? $" by {report.Reporter}" : "")}: {WordsOf(report)}, by {report.Channel}{(report.Reason is { } reason ? $". {reason}." : "")}", Columns);
        foreach (string remedy in answer.LastReports.Select(report => report.Remedy ?? "").Where(remedy => remedy.Length > 0).Distinct())
            page.Row(Styled.Dim("What to do"), remedy, Columns);
    }

    private static void Write(Page page, RoleStatus role)
    {
        string where = role.Listening.IsEmpty ? "" : $" at {string.Join(", ", role.Listening)}";
        if (role.Trouble is { } trouble)
            page.Row(role.Name, Styled.Error($"{role.State.Replace('-', ' ')} since {Time(trouble.Since)}") + $"{where}: {trouble.Reason}", Columns);
        else if (role.State == RoleStatus.Running)
            page.Row(role.Name, Styled.Good("running") + $" since {Time(role.Since!.Value)}{where}{(role.LastTrouble is { } last ? $"; trouble last at {Time(last.Since)}: {last.Reason}" : "")}", Columns);
        else
            page.Row(role.Name, Styled.Error(role.State.Replace('-', ' ')), Columns);
    }

    // One that was known counts no more than it did before.
    private static string WordsOf(RecentReport report) => report.Outcome == ReportOutcome.Stored.ToWord() ? report.State : $"{report.Outcome} ({report.State})";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
