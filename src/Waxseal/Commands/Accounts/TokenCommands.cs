using System.CommandLine;
using Waxseal.Answers;
using Waxseal.Dashboard.Access;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Access;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Makes a token.</summary>
internal sealed class TokenAddCommand : AccountSubcommand
{
    private const int MostLength = 64;

    private readonly Argument<string> _name = new("NAME") { Description = $"What it is for, in {MostLength} characters or fewer." };
    private readonly Option<string> _scope = new("--scope") { Description = "What it may do: read (see), operate (have things looked at) or manage (change who may what).", HelpName = "SCOPE", Required = true };
    private readonly Option<string?> _tenant = new("--tenant") { Description = "The tenant it belongs to; without one it sees all.", HelpName = "TENANT" };
    private readonly Option<string?> _expires = new("--expires") { Description = "How long it holds, such as 90d; without it until it is removed.", HelpName = "TIME" };

    public TokenAddCommand(Surroundings surroundings)
        : base("add", "Make a token for a program. It is shown once, and a digest of it is kept.", surroundings)
    {
        _scope.AcceptOnlyFromAmong("read", "operate", "manage");
        Add(_name);
        Add(_scope);
        Add(_tenant);
        Add(_expires);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_name)!;
        string? tenant = parsed.GetValue(_tenant)?.ToLowerInvariant();
        if (name.Length > MostLength || name.Any(char.IsControl))
            return Refuse($"a name has {MostLength} characters or fewer, on one line.");
        DateTimeOffset now = Surroundings.Clock.GetUtcNow();
        DateTimeOffset? expiresAt = null;
        if (parsed.GetValue(_expires) is { } text)
        {
            if (!Spans.TryParse(text, out TimeSpan span) || span <= TimeSpan.Zero || span > TimeSpan.FromDays(36_500))
                return Refuse($"--expires takes a time such as 12h or 90d, and not {text}.");
            expiresAt = now + span;
        }

        await using Storage.Store store = await OpenOrMakeAsync(configuration, cancellationToken);
        if (await ProblemOfTenantAsync(store, tenant, cancellationToken) is { } unknown)
            return Refuse(unknown);
        (ApiToken token, string secret) = Bearer.New(name, tenant, AccessWords.RoleOfScope(parsed.GetValue(_scope)!), now, expiresAt);
        await store.Access.AddTokenAsync(token, cancellationToken);
        Surroundings.NewErrorPage().Paragraph($"The token {token.Id} is shown this once; requests bear it as Authorization: Bearer TOKEN.");
        Surroundings.Out.WriteLine(secret);
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
        return await store.Access.RemoveTokenAsync(id, cancellationToken) ? Done($"The token {id} holds no more.") : Refuse($"there is no token {id}.");
    }
}
