using System.Collections.Immutable;
using System.Net;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Sending;
using Waxseal.Net.Dialing;

namespace Waxseal.Dashboard.Oidc;

/// <summary>The <c>dashboard.oidc</c> section of the configuration file: a provider of OpenID Connect that says who somebody is.</summary>
internal sealed class OidcOptions : IOptions
{
    private const string OpenId = "openid";
    private const int MostName = 60;

    /// <summary>The provider, as it writes itself.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>What the provider knows this site as.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>What proves to the provider that it is this site; null for a public client.</summary>
    public Secret? ClientSecret { get; set; }

    /// <summary>Where the provider sends browsers back to.</summary>
    public string RedirectUri { get; set; } = "";

    /// <summary>What the provider is asked to tell.</summary>
    public ImmutableArray<string> Scopes { get; set; } = [OpenId, "profile", "email"];

    /// <summary>The claim that names the account.</summary>
    public string AccountClaim { get; set; } = "preferred_username";

    /// <summary>What people call the provider; null for the name of its host.</summary>
    public string? Name { get; set; }

    /// <summary>The roots (PEM) that the provider's certificate is held against; null for those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>Networks that the provider may be in although they are private.</summary>
    public ImmutableArray<string> AllowAddresses { get; set; } = [];

    public static Section<OidcOptions> Section { get; } = new("dashboard.oidc", "Lets people log in with OpenID Connect: a provider says who they are, and the account of that name has to be there.",
    [
        Settings.Text("issuer", "The provider, written as it writes itself in /.well-known/openid-configuration below it.", o => o.Issuer, (OidcOptions o, string v) => o.Issuer = v, ProblemOfIssuer, "https://HOST or https://HOST/PATH"),
        Settings.Text("clientId", "What the provider knows this site as.", o => o.ClientId, (OidcOptions o, string v) => o.ClientId = v, text => text.Length > 0 && text.All(letter => letter is > ' ' and < '\x7F') ? null : "takes letters that can be seen, and no blank"),
        Settings.Secret("clientSecret", "What proves to the provider that it is this site; a public client has none.", o => o.ClientSecret, (OidcOptions o, Secret? v) => o.ClientSecret = v),
        Settings.Text("redirectUri", $"Where the provider sends browsers back to, as it is registered there: the address of these pages and {OidcPages.CallbackPath}.", o => o.RedirectUri, (OidcOptions o, string v) => o.RedirectUri = v, ProblemOfRedirect, $"https://HOST{OidcPages.CallbackPath}"),
        Settings.Texts("scopes", "What the provider is asked to tell.", o => o.Scopes, (OidcOptions o, ImmutableArray<string> v) => o.Scopes = v, ProblemOfWord, "list of scopes"),
        Settings.Text("accountClaim", "The claim that names the account, such as preferred_username, email or sub; choose one that people cannot change by themselves. An email counts when the provider has verified it.", o => o.AccountClaim, (OidcOptions o, string v) => o.AccountClaim = v, ProblemOfWord, "name of a claim"),
        Settings.Text("name", "What people call the provider, for the page of the login; without it the name of its host.", o => o.Name, (OidcOptions o, string v) => o.Name = v, text => text.Length is > 0 and <= MostName ? null : $"takes 1 to {MostName} letters"),
        Settings.Text("caFile", "The file with the roots (PEM) that the provider's certificate is held against; without it those of the system.", o => o.CaFile, (OidcOptions o, string v) => o.CaFile = v, path => File.Exists(path) ? null : $"names {path}, which is not there", "path"),
        Settings.Texts("allowAddresses", "Networks that the provider may be in although they are private, such as 10.0.0.0/8.", o => o.AllowAddresses, (OidcOptions o, ImmutableArray<string> v) => o.AllowAddresses = v, Networks.ProblemOf, "list of networks (CIDR)"),
    ]);

    /// <summary>What people call the provider.</summary>
    public string ProviderName => Name ?? new Uri(Issuer).Host;

    /// <summary>The networks that the provider may be in although they are private.</summary>
    public ImmutableArray<IPNetwork> Allowed => [.. AllowAddresses.Select(text => Networks.Of(text)!.Value)];

    public IEnumerable<string> Problems()
    {
        if (Issuer.Length == 0)
            yield return "issuer is missing.";
        else if (RouteDialer.RefusalOf(new Uri(Issuer).Host, new AddressRules(Allowed)) is { } refusal)
            yield return $"issuer is never connected to, for {refusal}, and not in dashboard.oidc.allowAddresses; name it there: allowAddresses = [\"{new Uri(Issuer).Host.Trim('[', ']')}\"].";
        if (ClientId.Length == 0)
            yield return "clientId is missing; the provider gives it when this site is registered there.";
        if (RedirectUri.Length == 0)
            yield return $"redirectUri is missing; it takes the address that is registered at the provider, https://HOST{OidcPages.CallbackPath}.";

        // OpenID Connect Core 1.0 §3.1.2.1: without the scope openid it is no request of OpenID Connect.
        if (!Scopes.Contains(OpenId))
            yield return $"scopes lacks {OpenId}, without which no provider says who somebody is.";
    }

    /// <summary>What does not fit the section around it, each as a sentence.</summary>
    /// <param name="hostNames">The names by which browsers may ask.</param>
    public IEnumerable<string> ProblemsWith(ImmutableArray<string> hostNames)
    {
        if (RedirectUri.Length > 0 && new Uri(RedirectUri).Host is var host && !ThisMachine.Is(host) && !hostNames.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase))
            yield return $"dashboard.oidc.redirectUri leads to {host}, which is not in dashboard.hostNames, so that browsers would come back in vain; name it there: hostNames = [\"{host}\"].";
    }

    // OpenID Connect Discovery 1.0 §3: a URL of https with host, perhaps port and path, and without query and fragment.
    private static string? ProblemOfIssuer(string text) => !IsUrl(text, out Uri uri) ? "is no URL of a provider; it takes https://HOST or https://HOST/PATH"
        : text.EndsWith(ProviderMetadata.WellKnown, StringComparison.Ordinal) ? $"is the address of what the provider tells of itself; it takes what stands before {ProviderMetadata.WellKnown}"
        : ProblemOfHttp(uri);

    private static string? ProblemOfRedirect(string text) => !IsUrl(text, out Uri uri) || uri.AbsolutePath != OidcPages.CallbackPath ? $"is no address that leads back; it takes https://HOST{OidcPages.CallbackPath}" : ProblemOfHttp(uri);

    private static bool IsUrl(string text, out Uri uri) => Uri.TryCreate(text, UriKind.Absolute, out uri!) && uri.Scheme is "https" or "http" && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0;

    private static string? ProblemOfHttp(Uri uri) => uri.Scheme == "http" && !ThisMachine.Is(uri.Host) ? $"is a URL of http, and {uri.Host} is not this machine; it takes https" : null;

    private static string? ProblemOfWord(string text) => text.Length is > 0 and <= 128 && text.All(letter => letter is > ' ' and < '\x7F' and not ('"' or '\\')) ? null : $"has \"{text}\"; it takes words without blanks";
}
