using System.Collections.Immutable;

namespace Waxseal.Demo.Story;

/// <summary>A policy in mode testing under which nothing failed in thirty days, a renewed certificate included: it may be enforced.</summary>
internal sealed class Quiet(DateOnly today) : StoryDomain("quiet.example", today)
{
    private const int Renewed = 17;

    private const string MxHost = "mx.quiet.example";

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 52), (Sender.Microsoft, 44), (Sender.MailRu, 5), (Sender.Comcast, 12), (Sender.Mimecast, 9)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(40),
        Mode = "testing",
        MxPatterns = [MxHost],
        MxHosts = [MxHost],
        Address = "192.0.2.60",
        Certificates =
        [
            Certificate.Of($"mta-sts.{Name}", 1, TimeOn(28, 3)),
            ago > Renewed ? Certificate.Of(MxHost, 1, TimeOn(Renewed + 62, 3)) : Certificate.Of(MxHost, 2, TimeOn(Renewed, 3)),
        ],
    };
}
