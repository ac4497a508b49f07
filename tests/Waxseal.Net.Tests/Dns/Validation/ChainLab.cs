using Waxseal.Lab;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Dns.Validation;

/// <summary>
/// The root, <c>test</c>, <c>example.test</c> and <c>unsigned.test</c>. What a test changes before it validates for the
/// first time is signed and delegated as changed; the time is 2026-06-01.
/// </summary>
internal sealed class ChainLab
{
    private readonly Lazy<ChainValidator> _validator;

    public ChainLab()
    {
        Root.Delegate(Test);
        Test.Delegate(Example, Unsigned);
        Dns = new LabDns(Root, Test, Example, Unsigned);
        _validator = new(() => new ChainValidator(Dns, [AnchorOf(Root)], Clock));
    }

    public SignedZone Root { get; } = new(".");

    public SignedZone Test { get; } = new SignedZone("test").Text("zzz.test", "the last name");

    public SignedZone Example { get; } = new SignedZone("example.test")
        .Add("example.test", DnsType.Mx, DnsReply.Mx(10, "mail.example.test"))
        .Add("mail.example.test", DnsType.A, DnsReply.Address("192.0.2.1"))
        .Add("_25._tcp.mail.example.test", DnsType.Tlsa, [3, 1, 1, .. new byte[32]])
        .Alias("www.example.test", "mail.example.test")
        .Alias("out.example.test", "host.unsigned.test")
        .Add("old.example.test", DnsType.Dname, DnsReply.Name("example.test"))
        .Text("*.wild.example.test", "any")
        .Text("there.wild.example.test", "one");

    public SignedZone Unsigned { get; } = new("unsigned.test") { IsSigned = false };

    public FixedClock Clock { get; } = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public LabDns Dns { get; }

    public ChainValidator Validator => _validator.Value;

    public static TrustAnchor AnchorOf(SignedZone zone) =>
        DelegationSigner.TryRead(zone.EntryKey.Ds(zone.Name), out DelegationSigner? signer)
            ? new TrustAnchor(zone.Name, signer)
            : throw new InvalidOperationException("The DS record of the laboratory cannot be read.");

    public Task<ValidationFacts> Validate(string name, DnsType type) =>
        Validator.ValidateAsync(new DnsQuestion(SignedZone.NameOf(name), type), TestContext.Current.CancellationToken);
}
