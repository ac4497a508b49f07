using System.Collections.Immutable;

namespace Waxseal.Demo.Story;

/// <summary>A small policy domain whose largest reporter has been silent for five days, and whose certificate is about to expire.</summary>
internal sealed class Library(DateOnly today) : StoryDomain("library.example", today)
{
    private const int SilentSince = 5;

    private const string MxHost = "mail.library.example";

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 31), (Sender.Microsoft, 12), (Sender.Mimecast, 5), (Sender.HarbourMail, 4)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(100),
        Mode = "enforce",
        MxPatterns = [MxHost],
        MxHosts = [MxHost],
        Address = "192.0.2.50",
        Certificates = [Certificate.Of($"mta-sts.{Name}", 1, TimeOn(60, 3)), Certificate.Of(MxHost, 1, TimeOn(81, 3))],
    };

    public override bool Reports(Sender sender, int ago) => sender != Sender.Google || ago > SilentSince;
}
