using System.CommandLine;
using System.CommandLine.Parsing;
using Waxseal.Terminal;

namespace Waxseal.Commands;

/// <summary>Runs one command line and makes an exit code of whatever comes of it.</summary>
internal static class Invocation
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        WaxsealCommand root = new(surroundings);
        ParseResult parsed = root.Parse(arguments);
        try
        {
            return parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true }
                ? RefuseUsage(parsed, surroundings)
                : await parsed.InvokeAsync(Configuration(surroundings), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception)
        {
            ReportBug(exception, parsed.GetValue(root.Debug), surroundings);
            return ExitCode.InternalError;
        }
        finally
        {
            await surroundings.Out.FlushAsync(CancellationToken.None);
        }
    }

    private static InvocationConfiguration Configuration(Surroundings surroundings) => new()
    {
        Output = surroundings.Out,
        Error = surroundings.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static int RefuseUsage(ParseResult parsed, Surroundings surroundings)
    {
        Page page = surroundings.NewErrorPage();
        foreach (ParseError error in parsed.Errors)
            page.Paragraph(Styled.Error("waxseal: ") + error.Message.ReplaceLineEndings(" ").Replace('\t', ' '));
        page.Paragraph($"Try: {HelpPage.Path(parsed.CommandResult.Command)} --help");
        return ExitCode.Usage;
    }

    private static void ReportBug(Exception exception, bool debug, Surroundings surroundings)
    {
        Page page = surroundings.NewErrorPage();
        page.Paragraph(Styled.Error("waxseal: ") + $"internal error: {exception.GetType().Name}: {exception.Message}");
        if (!debug && string.IsNullOrEmpty(surroundings.Variable("WAXSEAL_DEBUG")))
            return;

        foreach (string line in exception.ToString().Split('\n'))
            page.Verbatim(line);
    }
}
