using Waxseal.Hosting.Configuration;

namespace Waxseal.Alerts.Routes;

/// <summary>An <c>alerts.webhook</c> section of the configuration file; there may be several.</summary>
internal sealed class WebhookOptions : RouteOptions, IOptions
{
    public WebhookOptions() => Name = "webhook";

    /// <summary>Where messages are posted to.</summary>
    public string Url { get; set; } = "";

    /// <summary>What they are signed with.</summary>
    public Secret? Secret { get; set; }

    public static Section<WebhookOptions> Section { get; } = new("alerts.webhook", "Tells of alerts by POST of JSON, signed as the Standard Webhooks specification has it; there may be several.",
    [
        .. Shared<WebhookOptions>(),
        Settings.Text("url", "Where messages are posted to.", o => o.Url, (WebhookOptions o, string v) => o.Url = v, RouteUrl.ProblemOf, "https://HOST/PATH"),
        Settings.Secret("secret", "What they are signed with: whsec_ and at least 24 octets in base64, or any text as long.", o => o.Secret, (WebhookOptions o, Secret? v) => o.Secret = v),
    ])
    {
        IsRepeated = true,
    };

    public IEnumerable<string> Problems()
    {
        if (Url.Length == 0)
            yield return "url is missing.";
        if (Secret is null)
            yield return "secret is missing; without it nobody can tell who sent a message.";
        else if (Webhook.KeyOf(Secret.Reveal()) is not { Length: >= Webhook.LeastKey })
            yield return $"secret is too short, or no base64 behind whsec_; it takes at least {Webhook.LeastKey} octets.";
    }
}
