using System.Collections.Immutable;
using System.CommandLine;
using Waxseal.Commands.Config;
using Waxseal.Commands.Serve;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage;
using Waxseal.Storage.Migrations;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>A command on the store that the configuration names.</summary>
internal abstract class StoreSubcommand : Command
{
    private readonly Option<string?> _config = ServeCommand.ConfigOption();

    protected StoreSubcommand(string name, string description, Surroundings surroundings)
        : base(name, description)
    {
        Surroundings = surroundings;
        Add(_config);
        SetAction(RunAsync);
    }

    protected Surroundings Surroundings { get; }

    /// <summary>Does the work.</summary>
    protected abstract Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken);

    /// <summary>Opens the store, which has to be there, its schema brought up to date.</summary>
    protected Task<Storage.Store> OpenAsync(ServeConfiguration configuration, CancellationToken cancellationToken) =>
        Storage.Store.OpenExistingAsync(configuration.Store.Address, Surroundings.Clock, cancellationToken);

    /// <summary>Says why the command line is refused.</summary>
    protected int Refuse(string reason)
    {
        Surroundings.NewErrorPage().Paragraph(Styled.Error("waxseal: ") + reason);
        return ExitCode.Usage;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ServeConfiguration configuration = new ConfigurationSource(parsed.GetValue(_config)).Read(out ImmutableArray<string> problems);
        if (!problems.IsEmpty)
            return ConfigCommand.Refuse(Surroundings, problems);

        try
        {
            return await RunAsync(parsed, configuration, cancellationToken);
        }
        catch (StoreAbsentException fault)
        {
            return Refuse($"there is no store at {fault.Place}. waxseal serve, waxseal store add and waxseal store migrate make one. If there should be one, the key store.database names another place than it is at; --config FILE reads another configuration.");
        }
        catch (Exception fault) when (fault is StoreUnavailableException or SchemaException or (IOException and not OutputException))
        {
            Surroundings.NewErrorPage().Paragraph(Styled.Error("waxseal: ") + $"{fault.Message.TrimEnd('.')}.");
            return fault is SchemaException ? ExitCode.Usage : ExitCode.CouldNotTell;
        }
    }
}
