using System.CommandLine;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands;

/// <summary>Runs one command line and makes an exit code of whatever comes of it.</summary>
internal static class Invocation
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            int exitCode = await RunCommandAsync(arguments, surroundings, cancellationToken);
            await surroundings.Out.FlushAsync(CancellationToken.None);
            return exitCode;
        }
        catch (OutputException exception)
        {
            if (exception.ReaderIsGone)
                return ExitCode.ReaderGone;
            surroundings.NewErrorPage().Paragraph(
                Styled.Error("waxseal: ") + $"the answer cannot be written to standard output: {exception.Message}");
            return ExitCode.InternalError;
        }
    }

    private static async Task<int> RunCommandAsync(
        IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        WaxsealCommand root = new(surroundings);

        // A path may begin with @; nobody asks for files of arguments.
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string[] mistakes = [.. parsed.Errors.Select(error => error.Message), .. ArgumentSlips.In(parsed)];
        try
        {
            return mistakes.Length > 0 && parsed.Action is not { ClearsParseErrors: true }
                ? RefuseUsage(parsed, mistakes, surroundings)
                : await parsed.InvokeAsync(Configuration(surroundings), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (exception is not OutputException)
        {
            ReportBug(exception, parsed.GetValue(root.Debug), surroundings);
            return ExitCode.InternalError;
        }
    }

    private static InvocationConfiguration Configuration(Surroundings surroundings) => new()
    {
        Output = surroundings.Out,
        Error = surroundings.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static int RefuseUsage(ParseResult parsed, string[] mistakes, Surroundings surroundings)
    {
        Page page = surroundings.NewErrorPage();
        foreach (string mistake in mistakes)
            page.Paragraph(Styled.Error("waxseal: ") + mistake.ReplaceLineEndings(" ").Replace('\t', ' '));
        page.Paragraph($"Try: {HelpPage.Path(parsed.CommandResult.Command)} --help");
        return ExitCode.Usage;
    }

    private static void ReportBug(Exception exception, bool debug, Surroundings surroundings)
    {
        Page page = surroundings.NewErrorPage();
        page.Paragraph(Styled.Error("waxseal: ") + $"internal error: {exception.GetType().Name}: {exception.Message}");
        if (!debug && string.IsNullOrEmpty(surroundings.Variable(ConfigReading.Debug)))
            return;

        foreach (string line in exception.ToString().Split('\n'))
            page.Verbatim(line);
    }
}
