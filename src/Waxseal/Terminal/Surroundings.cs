using System.Text;

namespace Waxseal.Terminal;

/// <summary>What a command sees of the world: its streams, the terminal, the environment, the clock. Tests hand in their own.</summary>
internal sealed class Surroundings
{
    private const int WidestPage = 80;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public Surroundings(Stream input, Stream output, Stream error)
    {
        In = input;
        OutStream = output;
        Out = new StreamWriter(output, Utf8, bufferSize: 16 * 1024) { NewLine = "\n" };
        Error = new StreamWriter(error, Utf8) { NewLine = "\n", AutoFlush = true };
    }

    public Stream In { get; }

    /// <summary>Standard output as text. It is flushed when the command ends.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard output as bytes. Flush <see cref="Out"/> before writing here.</summary>
    public Stream OutStream { get; }

    public TextWriter Error { get; }

    public bool InIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal, or 0 when unknown.</summary>
    public int TerminalColumns { get; init; }

    /// <summary>A variable of the environment, or null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public static Surroundings OfProcess() =>
        new(StandardStream.Input(), StandardStream.Output(), StandardStream.Error())
        {
            InIsTerminal = !Console.IsInputRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            TerminalColumns = TerminalSize.Columns(),
            Variable = Environment.GetEnvironmentVariable,
        };

    /// <summary>A page on standard output.</summary>
    public Page NewPage() => new(Out, PageWidth(OutIsTerminal), HasColours(OutIsTerminal));

    /// <summary>A page on standard error.</summary>
    public Page NewErrorPage() => new(Error, PageWidth(ErrorIsTerminal), HasColours(ErrorIsTerminal));

    private int PageWidth(bool isTerminal) =>
        isTerminal && TerminalColumns > 0 ? Math.Min(TerminalColumns, WidestPage) : WidestPage;

    // https://no-color.org: any text in NO_COLOR switches colours off, an empty one does not.
    private bool HasColours(bool isTerminal) =>
        isTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";
}
