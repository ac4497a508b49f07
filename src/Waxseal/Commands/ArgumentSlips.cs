using System.CommandLine;
using System.CommandLine.Parsing;
using Waxseal.Terminal;

namespace Waxseal.Commands;

/// <summary>
/// Finds what stands as an argument and can only be a slip: an option that does not exist, which would pass for a path,
/// and a text that is empty.
/// </summary>
internal static class ArgumentSlips
{
    /// <summary>The slips, each as a sentence.</summary>
    public static IEnumerable<string> In(ParseResult parsed)
    {
        // By reference: the value of an option may read the same.
        HashSet<Token> arguments = new(
            parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens),
            ReferenceEqualityComparer.Instance);
        bool optionsMayFollow = true;
        foreach (Token token in parsed.Tokens)
        {
            // POSIX.1-2024 §12.2, guideline 10: what follows -- is no option, whatever it begins with.
            optionsMayFollow &= token.Type != TokenType.DoubleDash;
            if (!arguments.Contains(token))
                continue;
            if (token.Value.Length == 0)
                yield return "An argument is empty. Is a variable of the shell not set?";
            else if (optionsMayFollow && token.Value.Length > 1 && token.Value[0] == '-')
                yield return NoSuchOption(token.Value, parsed.CommandResult.Command);
        }
    }

    private static string NoSuchOption(string word, Command command)
    {
        string name = word.Split('=')[0];
        string? meant = NearWord.Of(name, HelpPage.OptionsOf(command).Where(option => !option.Hidden).Select(option => option.Name));
        return meant is null
            ? $"There is no option {name}. A path that begins with - is written ./{word}."
            : $"There is no option {name}; did you mean {meant}?";
    }
}
