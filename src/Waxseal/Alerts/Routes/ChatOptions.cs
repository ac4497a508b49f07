using Waxseal.Hosting.Configuration;

namespace Waxseal.Alerts.Routes;

/// <summary>An <c>alerts.chat</c> section of the configuration file; there may be several.</summary>
internal sealed class ChatOptions : RouteOptions, IOptions
{
    public ChatOptions() => Name = "chat";

    /// <summary>Whose form messages have.</summary>
    public string Format { get; set; } = "slack";

    /// <summary>Where messages are sent; for Slack and Teams whoever knows it may post.</summary>
    public Secret? Url { get; set; }

    /// <summary>The room of Matrix.</summary>
    public string Room { get; set; } = "";

    /// <summary>The access token of Matrix.</summary>
    public Secret? Token { get; set; }

    public static Section<ChatOptions> Section { get; } = new("alerts.chat", "Tells of alerts in a chat of Slack, Teams or Matrix, or of what takes the same messages; there may be several.",
    [
        .. Shared<ChatOptions>(),
        Settings.Choice("format", "Whose form messages have: incoming webhooks of Slack or Teams (workflow), or the client-server API of Matrix.", ["slack", "teams", "matrix"], o => o.Format, (ChatOptions o, string v) => o.Format = v),
        Settings.Secret("url", "The URL of the incoming webhook, which is a secret; for Matrix that of the homeserver.", o => o.Url, (ChatOptions o, Secret? v) => o.Url = v),
        Settings.Text("room", "The room of Matrix, by its id.", o => o.Room, (ChatOptions o, string v) => o.Room = v, text => text.StartsWith('!') ? null : $"is \"{text}\"; it takes an id such as !abc:example.org", "text: !ID:SERVER"),
        Settings.Secret("token", "The access token of Matrix.", o => o.Token, (ChatOptions o, Secret? v) => o.Token = v),
    ])
    {
        IsRepeated = true,
    };

    public IEnumerable<string> Problems()
    {
        if (Url is null)
            yield return "url is missing.";
        else if (RouteUrl.ProblemOf(Url.Reveal()) is { } problem)
            yield return $"url {problem}.";
        if (Format == "matrix" && Room.Length == 0)
            yield return "room is missing, which matrix needs.";
        if (Format == "matrix" && Token is null)
            yield return "token is missing, which matrix needs.";
        if (Format != "matrix" && (Room.Length > 0 || Token is not null))
            yield return $"room and token are for matrix, and format is {Format}.";
    }
}
