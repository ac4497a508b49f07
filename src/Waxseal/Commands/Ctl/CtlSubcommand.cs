using System.Collections.Immutable;
using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waxseal.Answers;
using Waxseal.Commands.Config;
using Waxseal.Commands.Serve;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Control;
using Waxseal.Terminal;

namespace Waxseal.Commands.Ctl;

/// <summary>A question to the process that the configuration names.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal abstract class CtlSubcommand<T> : Command
    where T : class
{
    private readonly string _word;
    private readonly JsonTypeInfo<T> _type;
    private readonly Option<string?> _config = ServeCommand.ConfigOption();
    private readonly Option<string?> _socket = new("--socket") { Description = "The control socket; that of the configuration unless said otherwise.", HelpName = "PATH" };
    private readonly Option<bool> _json = new("--json") { Description = "Answer as JSON." };

    protected CtlSubcommand(string word, string description, JsonTypeInfo<T> type, Surroundings surroundings)
        : base(word, description)
    {
        _word = word;
        _type = type;
        Surroundings = surroundings;
        Add(_config);
        Add(_socket);
        Add(_json);
        SetAction(RunAsync);
    }

    protected Surroundings Surroundings { get; }

    /// <summary>What the exit code of an answer is.</summary>
    protected abstract int ExitCodeOf(T answer);

    /// <summary>Tells an answer to people.</summary>
    protected abstract void Write(T answer);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ImmutableArray<string> problems = [];
        string? path = parsed.GetValue(_socket) ?? SocketOf(parsed.GetValue(_config), out problems);
        if (path is null)
            return ConfigCommand.Refuse(Surroundings, problems);
        if (ListenAddress.Of($"unix:{path}") is null)
            return ConfigCommand.Refuse(Surroundings, [$"--socket is \"{path}\"; a path of a socket has 1 to {ListenAddress.MostPathOctets} octets."]);

        byte[] bytes;
        try
        {
            bytes = await ControlClient.AskAsync(path, _word, Surroundings.Clock, cancellationToken);
        }
        catch (Exception fault) when (fault is SocketException or TimeoutException)
        {
            return Unreached($"no waxseal serve answers at {path}: {ReasonOf(fault)}");
        }

        if (bytes.Length == 0)
            return Unreached($"the waxseal serve at {path} gives no answer; it answers its own user and root alone.");
        T answer = JsonSerializer.Deserialize(bytes, _type)!;
        if (parsed.GetValue(_json))
            JsonOutput.Write(Surroundings.OutStream, answer, _type);
        else
            Write(answer);
        return ExitCodeOf(answer);
    }

    // It is the process that is to say what is wrong with the configuration, as long as it can be found by it.
    private static string? SocketOf(string? file, out ImmutableArray<string> problems)
    {
        ServeConfiguration configuration = new ConfigurationSource(file).Read(out problems);
        return problems.IsEmpty || File.Exists(configuration.ControlSocket) ? configuration.ControlSocket : null;
    }

    private static string ReasonOf(Exception fault) => fault is SocketException { SocketErrorCode: var code }
        ? code switch
        {
            SocketError.AddressNotAvailable => "there is no such socket; is it running, and with this configuration?",
            SocketError.ConnectionRefused => "it has ended.",
            SocketError.AccessDenied => "only its own user and root may ask.",
            _ => $"{fault.Message}.",
        }
        : $"{fault.Message}.";

    private int Unreached(string reason)
    {
        Surroundings.NewErrorPage().Paragraph(Styled.Error("waxseal: ") + reason);
        return ExitCode.CouldNotTell;
    }
}
