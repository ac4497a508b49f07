using Waxseal.Storage;
using Waxseal.Storage.Access;

namespace Waxseal.Access;

/// <summary>Makes, lists and removes tokens with which programs ask.</summary>
/// <param name="store">The store.</param>
/// <param name="actor">Who asks for it.</param>
/// <param name="now">Now.</param>
internal sealed class TokenDesk(Store store, Actor actor, DateTimeOffset now)
{
    private const int Most = 1000;

    /// <summary>The tokens, oldest first.</summary>
    public async Task<List<ApiToken>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.StoredAccess.TokensAsync(cancellationToken)).Where(token => actor.Sees(token.Tenant))];

    /// <summary>One token; null when there is none.</summary>
    public async Task<ApiToken?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.StoredAccess.TokenAsync(id, cancellationToken) is { } token && actor.Sees(token.Tenant) ? token : null;

    /// <summary>Makes a token.</summary>
    /// <returns>The token, or why there is none.</returns>
    public async Task<(MadeToken? Made, Refusal? Refusal)> AddAsync(NewToken wanted, CancellationToken cancellationToken)
    {
        wanted = wanted with { Tenant = wanted.Tenant?.ToLowerInvariant() ?? actor.Tenant };
        Refusal? refusal = wanted.FindProblem()
            ?? await actor.FindProblemAsync(store.StoredAccess, AccessWords.RoleOfScope(wanted.Scope), wanted.Tenant, cancellationToken)
            ?? ((await ListAsync(cancellationToken)).Count >= Most ? new(RefusalKind.InTheWay, $"there are {Most} tokens; remove some first.") : null);
        if (refusal is not null)
            return (null, refusal);
        MadeToken made = wanted.Make(now);
        await store.Access.AddTokenAsync(made.Kept, cancellationToken);
        return (made, null);
    }

    /// <summary>Removes a token; it holds no more.</summary>
    public async Task<Refusal?> RemoveAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is not null && await store.Access.RemoveTokenAsync(id, cancellationToken) ? null
            : new(RefusalKind.NotThere, $"there is no token {id}.");
}
