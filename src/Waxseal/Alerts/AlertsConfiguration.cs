using System.Collections.Immutable;
using Waxseal.Alerts.Routes;
using Waxseal.Hosting.Sending;
using Waxseal.Net.Dialing;

namespace Waxseal.Alerts;

/// <summary>The <c>alerts</c> section with the routes below it.</summary>
/// <param name="Options">When, and of what.</param>
/// <param name="Mails">Routes by mail.</param>
/// <param name="Webhooks">Routes by signed POST.</param>
/// <param name="Chats">Routes to chats.</param>
internal sealed record AlertsConfiguration(AlertsOptions Options, ImmutableArray<SubmissionOptions> Mails, ImmutableArray<WebhookOptions> Webhooks, ImmutableArray<ChatOptions> Chats)
{
    /// <summary>What it says, secrets left out.</summary>
    public IEnumerable<IEnumerable<string>> Show() =>
    [
        AlertsOptions.Section.Show(Options), .. Mails.Select(SubmissionOptions.Section.Show), .. Webhooks.Select(WebhookOptions.Section.Show), .. Chats.Select(ChatOptions.Section.Show),
    ];

    /// <summary>All of it as one text: what differs in a secret differs here as well.</summary>
    public string Mark => string.Join('\n',
    [
        AlertsOptions.Section.Mark(Options), .. Mails.Select(SubmissionOptions.Section.Mark), .. Webhooks.Select(WebhookOptions.Section.Mark), .. Chats.Select(ChatOptions.Section.Mark),
    ]);

    /// <summary>The names that several routes have.</summary>
    public IEnumerable<string> DoubleNames => Mails.Select(mail => mail.Name).Concat(Webhooks.Select(webhook => webhook.Name)).Concat(Chats.Select(chat => chat.Name))
        .GroupBy(name => name).Where(name => name.Count() > 1).Select(name => name.Key);

    /// <summary>The routes that lead to an address which is never connected to, each as a sentence.</summary>
    public IEnumerable<string> ForbiddenAddresses =>
        from place in Mails.Select((mail, i) => (Key: $"alerts.mail[{i + 1}].host", mail.Host))
            .Concat(Webhooks.Select((webhook, i) => (Key: $"alerts.webhook[{i + 1}].url", Host: RouteUrl.HostOf(webhook.Url))))
            .Concat(Chats.Select((chat, i) => (Key: $"alerts.chat[{i + 1}].url", Host: RouteUrl.HostOf(chat.Url?.Reveal()))))
        let refusal = RouteDialer.RefusalOf(place.Host, new AddressRules(Options.Allowed))
        where refusal is not null
        select $"{place.Key} is never connected to, for {refusal}, and not in alerts.allowAddresses; name it there: allowAddresses = [\"{place.Host.Trim('[', ']')}\"].";

    /// <summary>The routes, as pages show them.</summary>
    public ImmutableArray<RouteDescription> Describe(TimeProvider clock) =>
    [
        .. NewRoutes(clock).Select(route => new RouteDescription(route.Name, KindOf(route), PlaceOf(route), DomainsOf(route.Name))),
    ];

    /// <summary>Sends a test on a route; null when there is no such route.</summary>
    public async Task<SendAnswer?> TestAsync(string name, TimeProvider clock, CancellationToken cancellationToken) =>
        NewRoutes(clock).FirstOrDefault(route => route.Name == name) is { } route ? await RouteTest.SendAsync(route, clock, cancellationToken) : null;

    /// <summary>The routes, ready to send.</summary>
    public ImmutableArray<IRoute> NewRoutes(TimeProvider clock)
    {
        RouteDialer dialer = new(new GuardedDialer(new AddressRules(Options.Allowed), clock), "alerts.allowAddresses");
        return
        [
            .. Mails.Select(mail => new Submission(mail, dialer)),
            .. Webhooks.Select(webhook => new Webhook(webhook, new HttpSender(dialer, webhook.CaFile), clock)),
            .. Chats.Select(chat => new Chat(chat, new HttpSender(dialer, chat.CaFile))),
        ];
    }

    private static string KindOf(IRoute route) => route switch
    {
        Submission => "mail",
        Webhook => "webhook",
        _ => "chat",
    };

    // What stands behind the host of a webhook may be a secret of it.
    private static string PlaceOf(IRoute route) => route is Webhook && new Uri(route.Place) is var url ? $"{url.Scheme}://{url.Authority}{(url.PathAndQuery.Length > 1 ? "/…" : "")}" : route.Place;

    private ImmutableArray<string> DomainsOf(string name) =>
        Mails.Cast<RouteOptions>().Concat(Webhooks).Concat(Chats).First(route => route.Name == name).PolicyDomains;
}
