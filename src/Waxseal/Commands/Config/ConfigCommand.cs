using System.Collections.Immutable;
using System.CommandLine;
using Waxseal.Commands.Serve;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Config;

/// <summary>Checks, describes and shows the configuration of <c>waxseal serve</c>.</summary>
internal sealed class ConfigCommand : Command
{
    public ConfigCommand(Surroundings surroundings)
        : base("config", "Check, describe and show the configuration of waxseal serve.")
    {
        Add(new ConfigCheckCommand(surroundings));
        Add(new ConfigDescribeCommand(surroundings));
        Add(new ConfigShowCommand(surroundings));
        Add(new ConfigTestAlertsCommand(surroundings));
    }

    /// <summary>Tells everything that is wrong.</summary>
    public static int Refuse(Surroundings surroundings, ImmutableArray<string> problems)
    {
        Page page = surroundings.NewErrorPage();
        foreach (string problem in problems)
            page.Paragraph(Styled.Error("waxseal: ") + problem);
        return ExitCode.Usage;
    }
}

/// <summary>Says whether the configuration would be taken, and names everything that is wrong.</summary>
internal sealed class ConfigCheckCommand : Command
{
    public ConfigCheckCommand(Surroundings surroundings)
        : base("check", "Read the configuration, secrets included, and name everything that is wrong.")
    {
        Option<string?> config = ServeCommand.ConfigOption();
        Add(config);
        SetAction(parsed =>
        {
            ConfigurationSource source = new(parsed.GetValue(config));
            ServeConfiguration configuration = source.Read(out ImmutableArray<string> problems);
            if (!problems.IsEmpty)
                return ConfigCommand.Refuse(surroundings, problems);
            Page page = surroundings.NewPage();
            page.Paragraph(source.File is { } file ? $"{file}: " + Styled.Good("nothing is wrong.") : $"There is no {ConfigurationSource.UsualPath}; the defaults hold.");
            if (!configuration.HasRole)
                page.Paragraph(Styled.Warning("No role is on:") + " the configuration has no section of one, such as [reportIntake.https] (waxseal config describe).");
            return ExitCode.Clean;
        });
    }
}

/// <summary>Shows the configuration as it was understood, defaults and overrides included.</summary>
internal sealed class ConfigShowCommand : Command
{
    public ConfigShowCommand(Surroundings surroundings)
        : base("show", "Show the configuration as it is understood, with defaults and what the environment overrides; secrets are masked.")
    {
        Option<string?> config = ServeCommand.ConfigOption();
        Add(config);
        SetAction(parsed =>
        {
            ServeConfiguration configuration = new ConfigurationSource(parsed.GetValue(config)).Read(out ImmutableArray<string> problems);
            if (!problems.IsEmpty)
                return ConfigCommand.Refuse(surroundings, problems);
            foreach (string line in configuration.Show())
                surroundings.Out.WriteLine(line);
            return ExitCode.Clean;
        });
    }
}
