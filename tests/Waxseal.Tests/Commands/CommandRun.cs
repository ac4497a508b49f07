using System.Text;
using Waxseal.Commands;
using Waxseal.Terminal;

namespace Waxseal.Tests.Commands;

/// <summary>Runs command lines in this process, with streams of its own.</summary>
internal sealed class CommandRun
{
    public byte[] Input { get; init; } = [];

    public bool InIsTerminal { get; init; }

    public bool OutIsTerminal { get; init; }

    public int TerminalColumns { get; init; }

    public Dictionary<string, string> Variables { get; init; } = [];

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public CancellationToken Interrupt { get; init; } = TestContext.Current.CancellationToken;

    public static Task<Outcome> Of(params string[] arguments) => new CommandRun().RunAsync(arguments);

    public static Task<Outcome> Of(string input, string[] arguments) =>
        new CommandRun { Input = Encoding.UTF8.GetBytes(input) }.RunAsync(arguments);

    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        using MemoryStream output = new();
        return await RunAsync(output, arguments);
    }

    /// <summary>Runs a command line with an output of the caller's.</summary>
    public async Task<Outcome> RunAsync(MemoryStream output, params string[] arguments)
    {
        using MemoryStream input = new(Input);
        using MemoryStream error = new();
        Surroundings surroundings = new(input, output, error)
        {
            InIsTerminal = InIsTerminal,
            OutIsTerminal = OutIsTerminal,
            TerminalColumns = TerminalColumns,
            Clock = Clock,
            Variable = name => Variables.GetValueOrDefault(name),
        };
        int exitCode = await Invocation.RunAsync(arguments, surroundings, Interrupt);
        return new Outcome(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }
}
