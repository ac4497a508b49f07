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
            source.Read(out ImmutableArray<string> problems);
            if (!problems.IsEmpty)
                return ConfigCommand.Refuse(surroundings, problems);
            surroundings.NewPage().Paragraph(source.File is { } file ? $"{file}: " + Styled.Good("nothing is wrong.") : $"There is no {ConfigurationSource.UsualPath}; the defaults hold.");
            return ExitCode.Clean;
        });
    }
}

/// <summary>Lists every key, as a file that can be filled in.</summary>
internal sealed class ConfigDescribeCommand : Command
{
    public ConfigDescribeCommand(Surroundings surroundings)
        : base("describe", "List every section and key: what it means, what it takes, and its default.")
    {
        SetAction(_ =>
        {
            foreach (ISection section in ServeConfiguration.Sections)
                Write(surroundings.Out, section);
            return ExitCode.Clean;
        });
    }

    private static void Write(TextWriter text, ISection section)
    {
        text.WriteLine($"# {section.Meaning}");
        text.WriteLine(section.IsRepeated ? $"#[[{section.Name}]]" : $"#[{section.Name}]");
        foreach ((string name, string type, string? value, string meaning) in section.Keys)
        {
            text.WriteLine();
            text.WriteLine($"# {meaning}");
            text.WriteLine($"# Takes {type}.{(section.IsRepeated ? "" : $" Environment: {ConfigReading.VariableOf(section.Name, name)}")}");
            text.WriteLine($"#{name} = {value}".TrimEnd());
        }

        text.WriteLine();
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
