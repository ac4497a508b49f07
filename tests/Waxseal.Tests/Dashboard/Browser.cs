using System.Net;
using System.Text.RegularExpressions;

namespace Waxseal.Tests.Dashboard;

/// <summary>Keeps cookies and sends forms as browsers do, and follows nothing by itself.</summary>
internal sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Fields of the header of every request.</summary>
    public Dictionary<string, string> Header { get; } = new() { ["Accept"] = "text/html" };

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] header) => SendAsync(new(HttpMethod.Get, new Uri(address, path)), header);

    /// <summary>Sends a form, with the token of a page that has one unless the form brings its own.</summary>
    public async Task<Answer> PostAsync(string path, Dictionary<string, string> fields, string page = "/account", params (string Name, string Value)[] header)
    {
        if (!fields.ContainsKey("csrf"))
            fields["csrf"] = TokenIn((await GetAsync(page)).Body);
        return await SendAsync(new(HttpMethod.Post, new Uri(address, path)) { Content = new FormUrlEncodedContent(fields) }, header);
    }

    /// <summary>Sends a form by some method, as it is.</summary>
    public Task<Answer> SendAsync(string method, string path, Dictionary<string, string> fields, params (string Name, string Value)[] header) =>
        SendAsync(new(new HttpMethod(method), new Uri(address, path)) { Content = new FormUrlEncodedContent(fields) }, header);

    /// <summary>Sends JSON as a program does.</summary>
    public Task<Answer> SendAsync(string method, string path, string? json, string? token, params (string Name, string Value)[] header) => SendAsync(
        new(new HttpMethod(method), new Uri(address, path)) { Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json") },
        token is null ? header : [.. header, ("Authorization", $"Bearer {token}")]);

    public Task<Answer> LogInAsync(string name, string password, string code = "", params (string Name, string Value)[] header) =>
        PostAsync("/login", new() { ["name"] = name, ["password"] = password, ["code"] = code, ["to"] = "/" }, "/login", header);

    public void Dispose() => _client.Dispose();

    public static string TokenIn(string body) => Token().Match(body) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : "";

    private async Task<Answer> SendAsync(HttpRequestMessage request, (string Name, string Value)[] header)
    {
        using HttpRequestMessage sent = request;
        foreach ((string name, string value) in Header.Select(field => (field.Key, field.Value)).Concat(header))
            request.Headers.TryAddWithoutValidation(name, value);
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        string[] set = response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? values) ? [.. values] : [];
        foreach (string[] pair in set.Select(cookie => cookie.Split(';')[0].Split('=', 2)))
        {
            if (pair[1].Length == 0)
                Cookies.Remove(pair[0]);
            else
                Cookies[pair[0]] = pair[1];
        }

        return new(
            (int)response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), set,
            response.Headers.ToDictionary(field => field.Key, field => string.Join(", ", field.Value)));
    }

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}

/// <summary>What a request was answered.</summary>
internal sealed record Answer(int Status, string? Location, string Body, string[] SetCookies, Dictionary<string, string> Header);
