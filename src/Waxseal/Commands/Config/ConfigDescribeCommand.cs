using System.CommandLine;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Config;

/// <summary>Lists every key, as a file that can be filled in.</summary>
internal sealed class ConfigDescribeCommand : Command, IHasExamples
{
    private const string Mark = "# ";
    private const string Deeper = "#   ";
    private const int Columns = 80;

    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _section = new("SECTION")
    {
        Description = "One section alone, such as reportIntake or alerts.webhook.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ConfigDescribeCommand(Surroundings surroundings)
        : base("describe", "List every section and key: what it means, what it takes, and its default.")
    {
        _surroundings = surroundings;
        Add(_section);
        SetAction(parsed => parsed.GetValue(_section) is { } name ? DescribeOne(name.Trim('[', ']')) : DescribeAll());
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("waxseal config describe > waxseal.toml", "Begin a configuration file; take the # away from what is to hold."),
        ("waxseal config describe reportIntake", "Tell of one section, and name those below it."),
    ];

    private int DescribeAll()
    {
        WriteComment("The configuration of waxseal serve: every section and key, with its default. Take the # away from what is to hold. A role whose section is absent is off.");
        WriteComment("A list of one may stand as a text. A path that does not begin with / is taken from the folder in which waxseal is started, and not from that of this file.");
        foreach (ISection section in ServeConfiguration.Sections)
        {
            _surroundings.Out.WriteLine();
            Write(section);
        }

        return ExitCode.Clean;
    }

    private int DescribeOne(string name)
    {
        if (ServeConfiguration.Sections.FirstOrDefault(section => section.Name == name) is not { } section)
            return ConfigCommand.Refuse(_surroundings, [$"{name} is no section; {HintFor(name)}"]);

        Write(section);
        string[] below = [.. ServeConfiguration.Sections.Select(other => other.Name).Where(other => other.StartsWith($"{name}.", StringComparison.Ordinal))];
        if (below.Length > 0)
        {
            _surroundings.Out.WriteLine();
            WriteComment($"Sections below it: {string.Join(", ", below)}.");
        }

        return ExitCode.Clean;
    }

    private static string HintFor(string name)
    {
        string[] known = [.. ServeConfiguration.Sections.Select(section => section.Name)];
        return NearWord.Of(name, known) is { } nearest ? $"did you mean {nearest}?" : $"the sections are {string.Join(", ", known)}.";
    }

    private void Write(ISection section)
    {
        WriteComment(section.Meaning);
        _surroundings.Out.WriteLine(section.IsRepeated ? $"#[[{section.Name}]]" : $"#[{section.Name}]");
        foreach ((string name, string type, string? value, string meaning) in section.Keys)
        {
            _surroundings.Out.WriteLine();
            WriteComment(meaning);
            WriteComment($"Takes {type}.");
            if (!section.IsRepeated)
                WriteComment($"Environment: {ConfigReading.VariableOf(section.Name, name)}");
            WriteValue($"#{name} = {value}".TrimEnd());
        }
    }

    private void WriteComment(string text)
    {
        foreach (Line line in WordWrap.Wrap(new Line(), text, hang: 0, Columns - Mark.Length))
            _surroundings.Out.WriteLine($"{Mark}{line.ToText(coloured: false)}");
    }

    // TOML 1.0: a list may go over several lines, between its values.
    private void WriteValue(string text)
    {
        if (!text.EndsWith(']'))
        {
            _surroundings.Out.WriteLine(text);
            return;
        }

        foreach ((int i, Line line) in WordWrap.Wrap(new Line(), text, hang: 0, Columns - Deeper.Length).Index())
            _surroundings.Out.WriteLine($"{(i == 0 ? "" : Deeper)}{line.ToText(coloured: false)}");
    }
}
