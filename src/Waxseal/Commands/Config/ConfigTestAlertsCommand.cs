using System.Collections.Immutable;
using System.CommandLine;
using Waxseal.Alerts;
using Waxseal.Alerts.Routes;
using Waxseal.Commands.Serve;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Sending;
using Waxseal.Terminal;

namespace Waxseal.Commands.Config;

/// <summary>Sends a test to every route of alerts, and says what came back.</summary>
internal sealed class ConfigTestAlertsCommand : Command
{
    private const int Columns = 12;

    private readonly Surroundings _surroundings;
    private readonly Option<string?> _config = ServeCommand.ConfigOption();

    public ConfigTestAlertsCommand(Surroundings surroundings)
        : base("test-alerts", "Send a test message on every route of [alerts], and say what came back. Quiet hours do not count.")
    {
        _surroundings = surroundings;
        Add(_config);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ServeConfiguration configuration = new ConfigurationSource(parsed.GetValue(_config)).Read(out ImmutableArray<string> problems);
        if (!problems.IsEmpty)
            return ConfigCommand.Refuse(_surroundings, problems);
        ImmutableArray<IRoute> routes = configuration.Alerts?.NewRoutes(_surroundings.Clock) ?? [];
        if (routes.IsEmpty)
            return ConfigCommand.Refuse(_surroundings, [$"the configuration has no route of alerts; there may be {SubmissionOptions.Section.Name}, {WebhookOptions.Section.Name} and {ChatOptions.Section.Name} (waxseal config describe)."]);

        Page page = _surroundings.NewPage();
        bool isAllSent = true;
        foreach (IRoute route in routes)
        {
            SendAnswer answer = await RouteTest.SendAsync(route, _surroundings.Clock, cancellationToken);
            isAllSent &= answer.IsSent;
            page.Row(route.Name, (answer.IsSent ? Styled.Good("sent") : Styled.Error("not sent")) + $": {answer.Words}" + Styled.Dim($" ({route.Place})"), Columns);
        }

        return isAllSent ? ExitCode.Clean : ExitCode.CouldNotTell;
    }
}
