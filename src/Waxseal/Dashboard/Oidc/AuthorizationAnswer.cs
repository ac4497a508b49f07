using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Waxseal.Access.Secrets;
using Waxseal.Terminal;

namespace Waxseal.Dashboard.Oidc;

/// <summary>What a browser brings back from a provider (RFC 6749 §4.1.2). Whoever made the address may have written it.</summary>
internal static class AuthorizationAnswer
{
    private const int MostWords = 200;

    /// <summary>Whether it is the answer to a login that this browser began.</summary>
    // RFC 6749 §10.12
    public static bool IsOf(LoginAttempt attempt, IQueryCollection query) => RandomSecret.AreSame(Value(query, "state"), attempt.State);

    /// <summary>The code in it.</summary>
    /// <returns>The code, or why there is none, as the rest of a sentence that begins with the provider.</returns>
    public static (string? Code, string? Problem) Read(IQueryCollection query, string issuer, ProviderMetadata metadata)
    {
        // RFC 9207 §2.4: also where it tells of a failure.
        if (query.ContainsKey("iss") ? Value(query, "iss") != issuer : metadata.NamesItself)
            return (null, "is not the one that answered");

        // RFC 6749 §4.1.2.1
        if (Value(query, "error") is { } error)
            return (null, Value(query, "error_description") is { } words ? $"says no: {Brief.Line($"{error}, {words}", MostWords)}" : $"says no: {Brief.Line(error, MostWords)}");
        return Value(query, "code") is { } code ? (code, null) : (null, "sent no code along");
    }

    // RFC 6749 §3.1: none stands there twice.
    private static string? Value(IQueryCollection query, string name) => query.TryGetValue(name, out StringValues values) && values is [{ Length: > 0 } value] ? value : null;
}
