using System.CommandLine;
using Waxseal.Access;
using Waxseal.Answers;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Access;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Makes a token.</summary>
internal sealed class TokenAddCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = $"What it is for, in {NewToken.MostLength} characters or fewer." };
    private readonly Option<string> _scope = new("--scope") { Description = "What it may do: read (see), operate (have things looked at) or manage (change who may what).", HelpName = "SCOPE", Required = true };
    private readonly Option<string?> _tenant = new("--tenant") { Description = "The tenant it belongs to; without one it sees all.", HelpName = "TENANT" };
    private readonly Option<string?> _expires = new("--expires") { Description = "How long it holds, such as 90d; without it until it is removed.", HelpName = "TIME" };

    public TokenAddCommand(Surroundings surroundings)
        : base("add", "Make a token for a program. It is shown once, and a digest of it is kept.", surroundings)
    {
        _scope.AcceptOnlyFromAmong(NewToken.Scopes);
        Add(_name);
        Add(_scope);
        Add(_tenant);
        Add(_expires);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        NewToken wanted = new(parsed.GetValue(_name)!, parsed.GetValue(_scope)!, parsed.GetValue(_tenant)?.ToLowerInvariant(), parsed.GetValue(_expires));
        await using Storage.Store store = await OpenOrMakeAsync(configuration, cancellationToken);
        (MadeToken? made, Refusal? refusal) = await Tokens(store).AddAsync(wanted, cancellationToken);
        if (made is null)
            return Refuse(refusal!, wanted.Tenant);
        Surroundings.NewErrorPage().Paragraph($"The token {made.Kept.Id} is shown this once; requests bear it as Authorization: Bearer TOKEN.");
        Surroundings.Out.WriteLine(made.Text);
        return ExitCode.Clean;
    }
}

/// <summary>Lists the tokens.</summary>
internal sealed class TokenListCommand : AccountSubcommand
{
    private const int IdColumns = 12;

    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };

    public TokenListCommand(Surroundings surroundings)
        : base("list", "List the tokens: id, name, scope, tenant, last use, end.", surroundings) => Add(_json);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        List<ApiToken> tokens = await store.StoredAccess.TokensAsync(cancellationToken);
        if (parsed.GetValue(_json))
        {
            AccessJson.Write(Surroundings, "tokens", tokens, (json, token) =>
            {
                json.WriteString("id", token.Id);
                json.WriteString("name", token.Name);
                json.WriteString("scope", token.Role.ToScope());
                json.WriteString("tenant", token.Tenant);
                json.WriteString("createdAt", UtcTime.Of(token.CreatedAt));
                json.WriteString("usedAt", token.UsedAt is { } used ? UtcTime.Of(used) : null);
                json.WriteString("expiresAt", token.ExpiresAt is { } end ? UtcTime.Of(end) : null);
            });
            return ExitCode.Clean;
        }

        Page page = Surroundings.NewPage();
        if (tokens.Count == 0)
            page.Paragraph("There are no tokens. waxseal account token add NAME --scope read makes one.");
        foreach (ApiToken token in tokens)
        {
            page.Row(Styled.Strong(token.Id), $"{token.Name}: {token.Role.ToScope()}, {(token.Tenant is { } tenant ? $"tenant {tenant}" : "sees all")}, "
                + $"{(token.UsedAt is { } used ? $"last used {UtcTime.Of(used)}" : "never used")}{(token.ExpiresAt is { } end ? $", ends {UtcTime.Of(end)}" : "")}", IdColumns);
        }

        return ExitCode.Clean;
    }
}

/// <summary>Removes a token.</summary>
internal sealed class TokenRemoveCommand : AccountSubcommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The token: what stands after wxs_." };

    public TokenRemoveCommand(Surroundings surroundings)
        : base("remove", "Remove a token; it holds no more.", surroundings) => Add(_id);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string id = parsed.GetValue(_id)!;
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        return DoneUnless(await Tokens(store).RemoveAsync(id, cancellationToken), $"The token {id} holds no more.");
    }
}
