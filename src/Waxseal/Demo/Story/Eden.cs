using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Demo.Story;

/// <summary>
/// The question that Waxseal began with. Six days ago the policy host got an IPv6 address at which nothing listens; when the policy
/// that Microsoft held had run out, a day later, Microsoft could not fetch it any more. Google succeeds every day.
/// </summary>
internal sealed class Eden : StoryDomain
{
    private const int AddressSince = 6;
    private const int FailingSince = 5;

    private const string MxHost = "mail.eden.example";

    private readonly StoryCertificate _certificate, _mxCertificate;

    public Eden(DateOnly today)
        : base("eden.example", today) =>
        (_certificate, _mxCertificate) = (StoryCertificate.Of($"mta-sts.{Name}", TimeOn(50, 4)), StoryCertificate.Of(MxHost, TimeOn(50, 4)));

    public override ImmutableArray<(Sender Sender, double Sessions)> Senders { get; } = [(Sender.Google, 6), (Sender.Microsoft, 5), (Sender.HarbourMail, 3)];

    public override Publication PublishedOn(int ago) => new(Name)
    {
        PolicyId = IdOf(60),
        Mode = "testing",
        MaxAge = 86_400,
        MxPatterns = [MxHost],
        MxHost = MxHost,
        MxAddress = "192.0.2.15",
        Address = "192.0.2.10",
        DeadAddress = ago <= AddressSince ? "2001:db8:10::10" : null,
        Certificate = _certificate,
        MxCertificate = _mxCertificate,
    };

    public override Trouble? TroubleOf(Sender sender, int ago) =>
        sender == Sender.Microsoft && ago <= FailingSince ? new(ResultType.StsPolicyFetchError) { IsWithoutPolicy = true } : null;
}
