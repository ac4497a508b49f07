using System.Collections.Immutable;

namespace Waxseal.Demo.Story;

/// <summary>A policy in mode testing under which nothing failed in thirty days, a renewed certificate included: it may be enforced.</summary>
internal sealed class Quiet : StoryDomain
{
    private const int Renewed = 17;

    private const string MxHost = "mx.quiet.example";

    private readonly StoryCertificate _certificate, _first, _second;

    public Quiet(DateOnly today)
        : base("quiet.example", today) =>
        (_certificate, _first, _second) = (StoryCertificate.Of($"mta-sts.{Name}", TimeOn(39, 3)), StoryCertificate.Of(MxHost, TimeOn(Renewed + 62, 3)), StoryCertificate.Of(MxHost, TimeOn(Renewed, 3)));

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 52), (Sender.Microsoft, 44), (Sender.MailRu, 5), (Sender.Comcast, 12), (Sender.Mimecast, 9)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(40),
        Mode = "testing",
        MxPatterns = [MxHost],
        MxHost = MxHost,
        MxAddress = "192.0.2.65",
        Address = "192.0.2.60",
        Certificate = _certificate,
        MxCertificate = ago > Renewed ? _first : _second,
    };
}
