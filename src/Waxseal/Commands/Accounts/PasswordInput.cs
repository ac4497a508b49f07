using System.CommandLine;
using System.Text;
using Waxseal.Access.Secrets;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>A new password, or none: asked for twice at a terminal, without showing it; else from a file or standard input. It never stands on the command line.</summary>
internal sealed class PasswordInput(Surroundings surroundings)
{
    public Option<string?> FileOption { get; } = new("--password-file") { Description = "Take the password from the first line of a file.", HelpName = "FILE" };

    public Option<bool> NoneOption { get; } = new("--no-password") { Description = "Have none: a proxy or the provider of dashboard.oidc alone says who it is." };

    /// <summary>Reads it.</summary>
    /// <returns>The password, which is null where there is to be none, or what is wrong.</returns>
    public (string? Password, string? Problem) Read(ParseResult parsed) =>
        !parsed.GetValue(NoneOption) ? ReadText(parsed)
        : (null, parsed.GetValue(FileOption) is null ? null : "--password-file and --no-password do not go together.");

    private (string? Password, string? Problem) ReadText(ParseResult parsed)
    {
        try
        {
            string? password = parsed.GetValue(FileOption) is { } file ? File.ReadLines(file).FirstOrDefault() : surroundings.InIsTerminal ? Ask("Password: ") : FirstLineOfInput();
            if (Passwords.ProblemOf(password ?? "") is { } problem)
                return (null, problem);
            bool isAsked = parsed.GetValue(FileOption) is null && surroundings.InIsTerminal;
            return isAsked && Ask("The same again: ") != password ? (null, "The password is not the same both times.") : (password, null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, $"The password cannot be read: {fault.Message}");
        }
    }

    private string? FirstLineOfInput()
    {
        using StreamReader reader = new(surroundings.In, Encoding.UTF8, leaveOpen: true);
        return reader.ReadLine();
    }

    private string Ask(string question)
    {
        surroundings.Error.Write(question);
        StringBuilder text = new();
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && text.Length > 0)
                text.Length--;
            else if (key.KeyChar >= ' ')
                text.Append(key.KeyChar);
        }

        surroundings.Error.WriteLine();
        return text.ToString();
    }
}
