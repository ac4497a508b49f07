using System.CommandLine;
using Waxseal.Terminal;

namespace Waxseal.Commands;

/// <summary>The help of one command.</summary>
internal static class HelpPage
{
    public static void Write(Page page, Command command)
    {
        page.Paragraph(command.Description ?? "");
        page.Heading("Usage");
        using (page.Indent())
            page.Verbatim(Usage(command));

        WriteRows(page, "Commands", command.Subcommands.Where(IsShown), subcommand => subcommand.Name);
        WriteRows(page, "Arguments", command.Arguments.Where(IsShown), NameOf);
        WriteRows(page, "Options", OptionsOf(command).Where(IsShown), NameOf);
        WriteExamples(page, command);
        if (command.Subcommands.Count > 0)
        {
            page.Blank();
            page.Paragraph($"More about a command: {Path(command)} COMMAND --help");
        }
    }

    /// <summary>The words one types to reach a command: <c>waxseal lint</c>.</summary>
    public static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? $"{Path(parent)} {command.Name}"
        : "waxseal";

    /// <summary>The options a command takes, those of the commands above it included.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(InheritedFrom));

    private static string Usage(Command command)
    {
        IEnumerable<string> words = command.Arguments.Where(IsShown).Select(UsageOf);
        if (command.Subcommands.Count > 0)
            words = words.Prepend("COMMAND");
        return string.Join(' ', words.Prepend(Path(command)).Append("[options]"));
    }

    private static string UsageOf(Argument argument)
    {
        string name = NameOf(argument) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static void WriteRows<T>(Page page, string heading, IEnumerable<T> symbols, Func<T, string> nameOf)
        where T : Symbol
    {
        List<T> all = [.. symbols];
        if (all.Count == 0)
            return;

        page.Heading(heading);
        int columns = all.Max(symbol => nameOf(symbol).Length);
        using (page.Indent())
        {
            foreach (T symbol in all)
                page.Row(Styled.Strong(nameOf(symbol)), symbol.Description ?? "", columns);
        }
    }

    private static void WriteExamples(Page page, Command command)
    {
        if (command is not IHasExamples { Examples: var examples })
            return;

        page.Heading("Examples");
        using (page.Indent())
        {
            foreach ((string commandLine, string meaning) in examples)
            {
                page.Verbatim(Styled.Strong(commandLine));
                using (page.Indent())
                    page.Paragraph(meaning);
            }
        }
    }

    private static IEnumerable<Option> InheritedFrom(Command ancestor) =>
        OptionsOf(ancestor).Where(option => option.Recursive);

    private static bool IsShown(Symbol symbol) => !symbol.Hidden;

    private static string NameOf(Argument argument) => argument.HelpName ?? argument.Name;

    private static string NameOf(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2).Append(option.Name));
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }
}
