using System.Text.Json;
using Waxseal.Access;

namespace Waxseal.Dashboard.Oidc;

/// <summary>Reads out of what a provider says of somebody which account is theirs.</summary>
internal static class AccountClaim
{
    private const string Email = "email";
    private const string Verified = "email_verified";
    private const string Subject = "sub";

    /// <summary>Reads it.</summary>
    /// <param name="claims">What the provider says of them.</param>
    /// <param name="claim">The claim that names the account.</param>
    /// <returns>The name, or why there is none, as the rest of a sentence that begins with the provider.</returns>
    public static (string? Name, string? Problem) Find(JsonElement claims, string claim)
    {
        if (!claims.TryGetProperty(claim, out JsonElement value) || value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text)
            return (null, $"does not say who you are: {claim} is missing");

        // OpenID Connect Core 1.0 §5.7: anybody may write the address of another; the provider says whether it looked.
        if (claim == Email && !IsVerified(claims))
            return (null, "has not verified your address of mail");
        if (AccountName.Of(text) is not { } name)
            return (null, $"calls you {Show.Brief(text, 128)}, which can be no name of an account");

        // OpenID Connect Core 1.0 §2: capitals make another subject, and not another account.
        return claim == Subject && name != text ? (null, $"calls you {text}, with capitals, by which accounts are not told apart; another accountClaim is needed") : (name, null);
    }

    // Some write the word as a text.
    private static bool IsVerified(JsonElement claims) =>
        claims.TryGetProperty(Verified, out JsonElement value) && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true"));
}
