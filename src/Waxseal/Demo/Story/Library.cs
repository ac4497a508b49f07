using System.Collections.Immutable;

namespace Waxseal.Demo.Story;

/// <summary>A small policy domain whose largest reporter has been silent for five days, and whose certificate is about to expire.</summary>
internal sealed class Library : StoryDomain
{
    private const int SilentSince = 5;

    private const string MxHost = "mail.library.example";

    private readonly StoryCertificate _certificate, _mxCertificate;

    public Library(DateOnly today)
        : base("library.example", today) =>
        (_certificate, _mxCertificate) = (StoryCertificate.Of($"mta-sts.{Name}", TimeOn(60, 3)), StoryCertificate.Of(MxHost, TimeOn(78, 3)));

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } =
        [(Sender.Google, 31), (Sender.Microsoft, 12), (Sender.Mimecast, 5), (Sender.HarbourMail, 4)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(100),
        Mode = "enforce",
        MxPatterns = [MxHost],
        MxHost = MxHost,
        MxAddress = "192.0.2.55",
        Address = "192.0.2.50",
        Certificate = _certificate,
        MxCertificate = _mxCertificate,
    };

    public override bool Reports(Sender sender, int ago) => sender != Sender.Google || ago > SilentSince;
}
