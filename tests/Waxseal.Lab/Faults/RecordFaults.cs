using System.Text;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Faults;

/// <summary>Faults of the TXT record (layer A).</summary>
internal static class RecordFaults
{
    private const string Name = "_mta-sts.example.test";
    private const string Good = "v=STSv1; id=20260101T000000;";

    public static IEnumerable<LabFault> All =>
    [
        new("A01", "no record, and a policy that nobody looks for", world => world.Zone.Remove(Name)),
        new("A02", "the record below _mta_sts", world => Move(world, "_mta_sts.example.test")),
        new("A02", "the record at the policy domain itself", world => Move(world, LabWorld.Domain)),
        new("A02", "the record at a doubled name", world => Move(world, "_mta-sts.example.test.example.test")),
        new("A03", "two records", world => world.Zone.Txt(Name, "v=STSv1; id=2;")),
        new("A04", "no semicolon after the version", world => Put(world, "v=STSv1 id=20260101T000000")),
        new("A04", "no id", world => Put(world, "v=STSv1;")),
        new("A04", "quotation marks in the data", world => Put(world, "\"v=STSv1; id=20260101T000000;\"")),
        new("A05", "an id with punctuation", world => Put(world, "v=STSv1; id=2026-01-01T00:00:00;")),
        new("A05", "an id of 33 letters", world => Put(world, $"v=STSv1; id={new string('a', 33)};")),
        new("A06", "the version in other case", world => Put(world, "v=STSV1; id=20260101T000000;")),
        new("A06", "a misspelt version", world => Put(world, "v=STS1; id=20260101T000000;")),
        new("A07", "a wildcard with other text", world => world.Zone.Remove(Name).Txt("*.example.test", "v=spf1 -all")),
        new("A08", "a record split within a word", world => world.Zone.Remove(Name).Add(Name, DnsType.Txt, Strings("v=STSv", "1 ; i", " d=2026;"))),
        new("A09", "an alias to a record that is gone", world => world.Zone.Remove(Name).Alias(Name, "gone.provider.test")),
        new("A10", "one name server with an old record", world => Forget(world, zone => zone.Remove(Name).Txt(Name, "v=STSv1; id=1;"))),
        new("A10", "one name server without the record", world => Forget(world, zone => zone.Remove(Name))),
        new("A13", "an id that is made for each answer", world =>
        {
            int count = 0;
            IEnumerable<byte[]>? Next(ReceivedQuery query, DnsHeaderBits bits) => query.Question.Type == DnsType.Txt && query.Question.Name.ToString() == Name
                ? [new DnsReply(query) { Bits = DnsHeaderBits.Response | bits }.Answer(Name, DnsType.Txt, 3600, DnsReply.Txt($"v=STSv1; id={Interlocked.Increment(ref count)};")).Edns().ToBytes()]
                : null;
            world.First.Fault = world.Second.Fault = query => Next(query, DnsHeaderBits.Authoritative);
            world.Resolver.Fault = query => Next(query, DnsHeaderBits.RecursionAvailable);
        }),
        new("A15", "a TTL of a minute", world => world.Zone.Remove(Name).Txt(Name, Good, 60)),
        new("A16", "a TTL of a week", world => world.Zone.Remove(Name).Txt(Name, Good, 604_800)),
        new("A17", "a sub-domain that takes mail, and a policy for the domain above it alone", world => SubDomain(world, "sub.example.test")),
        new("A18", "the record below the name in UTF-8", world =>
        {
            const string domain = "xn--bcher-kva.example.test";
            SubDomain(world, domain);
            world.Zone.Address($"mta-sts.{domain}", world.At(10)).Txt("_mta-sts.b\\195\\188cher.example.test", Good);
            System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = LabCertificates.For($"mta-sts.{domain}");
            world.Web.Certificate = _ => certificate;
        }),
        new("A19", "a blank before the semicolon", world => Put(world, "v=STSv1 ; id=20260101T000000;")),
        new("A20", "a resolver that gets no answer", world => world.Resolver.Fault = query =>
            query.Question.Type == DnsType.Txt && query.Question.Name.ToString() == Name ? [] : null),
    ];

    private static void SubDomain(LabWorld world, string name)
    {
        world.Checked = name;
        world.Zone.Mx(name, 10, "mx.example.test").Txt($"_smtp._tls.{name}", "v=TLSRPTv1; rua=mailto:reports@example.test");
    }

    private static void Put(LabWorld world, string text) => world.Zone.Remove(Name).Txt(Name, text);

    private static void Move(LabWorld world, string name) => world.Zone.Remove(Name).Txt(name, Good);

    // The second name server has missed a transfer.
    private static void Forget(LabWorld world, Action<LabZone> change)
    {
        LabZone copy = world.Zone.Copy();
        change(copy);
        world.Second.Zones.Clear();
        world.Second.Zones.Add(copy);
    }

    private static byte[] Strings(params string[] parts) => [.. parts.SelectMany(part => (byte[])[(byte)part.Length, .. Encoding.ASCII.GetBytes(part)])];
}
