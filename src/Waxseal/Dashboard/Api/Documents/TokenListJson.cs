using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Access;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>Tokens with which programs ask.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Tokens">The tokens, oldest first.</param>
internal sealed record TokenListJson(int Version, ImmutableArray<TokenJson> Tokens);

/// <summary>A token, without its secret.</summary>
/// <param name="Id">By what it is known.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">What it may do: read, operate or manage.</param>
/// <param name="Tenant">The tenant it belongs to; null when it sees all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UsedAt">When it was used last, to the hour; null for never.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
internal sealed record TokenJson(string Id, string Name, string Scope, string? Tenant, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, DateTimeOffset? ExpiresAt)
{
    public static TokenJson Of(ApiToken token) => new(token.Id, token.Name, token.Role.ToScope(), token.Tenant, token.CreatedAt, token.UsedAt, token.ExpiresAt);
}

/// <summary>A token that was made.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Token">The token.</param>
/// <param name="Secret">What requests bear as Authorization: Bearer. It is shown this once.</param>
internal sealed record MadeTokenJson(int Version, TokenJson Token, string Secret)
{
    public static MadeTokenJson Of(MadeToken made) => new(1, TokenJson.Of(made.Kept), made.Text);
}

/// <summary>A token that is wanted.</summary>
/// <param name="Name">What it is for, in 64 characters or fewer.</param>
/// <param name="Scope">What it may do: read, operate or manage.</param>
/// <param name="Tenant">The tenant it belongs to; null for that of who asks.</param>
/// <param name="Expires">How long it holds, such as 90d; null until it is removed.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewTokenJson(string Name, string Scope, string? Tenant = null, string? Expires = null);
