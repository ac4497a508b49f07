using System.Buffers;
using System.Security.Cryptography;
using Waxseal.Access.Secrets;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Access;

namespace Waxseal.Access;

/// <summary>A token that somebody wants.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">What it may do: read, operate or manage.</param>
/// <param name="Tenant">The tenant it belongs to; null for that of who makes it.</param>
/// <param name="Expires">How long it holds, such as 90d; null until it is removed.</param>
internal sealed record NewToken(string Name, string Scope, string? Tenant, string? Expires)
{
    public const int MostLength = 64;

    /// <summary>The scopes there are, the narrowest first.</summary>
    public static readonly string[] Scopes = [.. Enum.GetValues<AccountRole>().Select(role => role.ToScope())];

    private const int IdOctets = 6;
    private const string Prefix = "wxs";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    // Unicode Standard Annex #9, 2: what turns the direction of the text around it.
    private static readonly SearchValues<char> Turning = SearchValues.Create("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u2028\u2029");

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public Refusal? FindProblem() =>
        Name.Length > MostLength || string.IsNullOrWhiteSpace(Name) || Name.Any(char.IsControl) || Name.AsSpan().ContainsAny(Turning)
            ? new(RefusalKind.Unfit, $"a name has 1 to {MostLength} characters, on one line, and none that turns the direction of writing.") { Parameter = "name" }
        : !Scopes.Contains(Scope) ? new(RefusalKind.Unfit, $"scope takes one of {string.Join(", ", Scopes)}.") { Parameter = "scope" }
        : Expires is not null && Span is null ? new(RefusalKind.Unfit, $"expires takes a time such as 12h or 90d, and not {(Expires.Length > 40 ? "what was given" : Expires)}.") { Parameter = "expires" }
        : null;

    /// <summary>Makes it.</summary>
    public MadeToken Make(DateTimeOffset at)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdOctets)), secret = RandomSecret.New();
        return new(new(id, Name, Tenant, AccessWords.RoleOfScope(Scope), RandomSecret.DigestOf(secret), at) { ExpiresAt = at + Span }, $"{Prefix}_{id}_{secret}");
    }

    /// <summary>The id and the secret in the text of a token; null when it is none.</summary>
    public static (string Id, string Secret)? PartsOf(string text) =>
        text.Split('_', 3) is [Prefix, { Length: IdOctets * 2 } id, var secret] ? (id, secret) : null;

    private TimeSpan? Span => Expires is not null && Spans.TryParse(Expires, out TimeSpan span) && span > TimeSpan.Zero && span <= Longest ? span : null;
}

/// <summary>A token that was made.</summary>
/// <param name="Kept">What is kept of it.</param>
/// <param name="Text">Its text, which nobody can make again.</param>
internal sealed record MadeToken(ApiToken Kept, string Text);
