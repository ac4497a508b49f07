using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation.Denial;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns.Validation.Denial;

/// <summary>The zone of RFC 5155, appendix A, and the answers of its appendix B.</summary>
public class HashedDenialTests
{
    private static readonly byte[] Salt = [0xAA, 0xBB, 0xCC, 0xDD];

    private static readonly (string Hash, DnsType[] Types)[] Zone =
    [
        ("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom", [DnsType.Mx, DnsType.Dnskey, DnsType.Ns, DnsType.Soa, DnsType.Rrsig]),
        ("2t7b4g4vsa5smi47k61mv5bv1a22bojr", [DnsType.A, DnsType.Rrsig]),
        ("2vptu5timamqttgl4luu9kg21e0aor3s", [DnsType.Mx, DnsType.Rrsig]),
        ("35mthgpgcu1qg68fab165klnsnk3dpvl", [DnsType.Ns, DnsType.Ds, DnsType.Rrsig]),
        ("b4um86eghhds6nea196smvmlo4ors995", [DnsType.Mx, DnsType.Rrsig]),
        ("gjeqe526plbf1g8mklp59enfd789njgi", [DnsType.A, DnsType.Aaaa, DnsType.Rrsig]),
        ("ji6neoaepv8b5o6k4ev33abha8ht9fgc", []),
        ("k8udemvp1j2f7eg6jebps17vp3n8i58h", []),
        ("kohar7mbb8dc2ce8a9qvl8hon4k53uhi", [DnsType.A, DnsType.Rrsig]),
        ("q04jkcevqvmu85r014c7dkba38o0ji5r", [DnsType.A, DnsType.Rrsig]),
        ("r53bq7cc2uvmubfu5ocmm6pers9tk9en", [DnsType.Mx, DnsType.Rrsig]),
        ("t644ebqk9bibcna874givr6joj62mlhv", [DnsType.A, DnsType.Aaaa, DnsType.Rrsig]),
    ];

    [Theory, Rfc(5155, "5")]
    [InlineData("example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom")]
    [InlineData("a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl")]
    [InlineData("ai.example", "gjeqe526plbf1g8mklp59enfd789njgi")]
    [InlineData("ns1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr")]
    [InlineData("ns2.example", "q04jkcevqvmu85r014c7dkba38o0ji5r")]
    [InlineData("W.Example", "k8udemvp1j2f7eg6jebps17vp3n8i58h")]
    [InlineData("*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en")]
    [InlineData("x.w.example", "b4um86eghhds6nea196smvmlo4ors995")]
    [InlineData("y.w.example", "ji6neoaepv8b5o6k4ev33abha8ht9fgc")]
    [InlineData("x.y.w.example", "2vptu5timamqttgl4luu9kg21e0aor3s")]
    [InlineData("xx.example", "t644ebqk9bibcna874givr6joj62mlhv")]
    [InlineData("2t7b4g4vsa5smi47k61mv5bv1a22bojr.example", "kohar7mbb8dc2ce8a9qvl8hon4k53uhi")]
    public void Names_are_hashed_as_the_standard_has_it(string name, string hash) =>
        Assert.Equal(Base32.Decode(System.Text.Encoding.ASCII.GetBytes(hash)), NameHash.Of(SignedZone.NameOf(name), Salt, 12));

    [Theory, Rfc(5155, "8.4"), Rfc(5155, "8.5"), Rfc(5155, "8.6"), Rfc(5155, "8.7")]
    [InlineData("a.c.x.w.example", DnsType.A, "0p9 b4u 35m", "NoName")]
    [InlineData("ns1.example", DnsType.Mx, "2t7", "NoType")]
    [InlineData("y.w.example", DnsType.A, "ji6", "NoType")]
    [InlineData("a.z.w.example", DnsType.Aaaa, "k8u q04 r53", "NoName")]
    [InlineData("a.z.w.example", DnsType.Mx, "k8u q04 r53", "Nothing")]
    [InlineData("example", DnsType.Ds, "0p9", "Nothing")]
    [InlineData("a.example", DnsType.Mx, "35m", "Nothing")]
    [InlineData("mc.a.example", DnsType.Mx, "35m 0p9 2t7", "Nothing")]
    [InlineData("a.c.x.w.example", DnsType.A, "b4u 35m", "Nothing")]
    [InlineData("a.c.x.w.example", DnsType.A, "0p9 b4u", "Nothing")]
    [InlineData("ns1.example", DnsType.A, "2t7", "Nothing")]
    public void Answers_of_the_standard_are_proven(string name, DnsType type, string hashes, string expected) =>
        Assert.Equal(expected, Denial(hashes, flags: 0).Of(SignedZone.NameOf(name), type).Kind.ToString());

    [Theory, Rfc(5155, "8.6"), Rfc(5155, "9.2")]
    [InlineData("a.c.x.w.example", DnsType.A, "0p9 b4u 35m", "OptOut")]
    [InlineData("c.example", DnsType.Ds, "35m 0p9", "OptOut")]
    [InlineData("ns1.example", DnsType.Mx, "2t7", "NoType")]
    public void Answers_of_the_standard_with_opt_out(string name, DnsType type, string hashes, string expected) =>
        Assert.Equal(expected, Denial(hashes, flags: 1).Of(SignedZone.NameOf(name), type).Kind.ToString());

    [Theory, Rfc(5155, "8.8")]
    [InlineData("q04", 0, "NoName")]
    [InlineData("q04", 1, "OptOut")]
    [InlineData("k8u", 0, "Nothing")]
    public void Records_of_a_wildcard_are_proven(string hashes, byte flags, string expected) =>
        Assert.Equal(expected, Denial(hashes, flags).OfCloser(SignedZone.NameOf("a.z.w.example"), SignedZone.NameOf("w.example")).Kind.ToString());

    [Fact, Rfc(5155, "8.2")]
    public void Records_with_different_salts_do_not_prove_together()
    {
        HashedName[] records = [Record("0p9", 0, [1, 2]), Record("b4u", 0, Salt), Record("35m", 0, Salt)];

        Assert.Equal(DenialKind.Nothing, new HashedDenial(SignedZone.NameOf("example"), [.. records]).Of(SignedZone.NameOf("a.c.x.w.example"), DnsType.A).Kind);
    }

    private static HashedDenial Denial(string hashes, byte flags) =>
        new(SignedZone.NameOf("example"), [.. hashes.Split(' ').Select(hash => Record(hash, flags, Salt))]);

    private static HashedName Record(string start, byte flags, byte[] salt)
    {
        int i = Array.FindIndex(Zone, link => link.Hash.StartsWith(start, StringComparison.Ordinal));
        DnsName owner = SignedZone.NameOf($"{Zone[i].Hash}.example");
        byte[] next = Base32.Decode(System.Text.Encoding.ASCII.GetBytes(Zone[(i + 1) % Zone.Length].Hash))!;
        byte[] data = [1, flags, 0, 12, (byte)salt.Length, .. salt, 20, .. next, .. NsecChain.TypeBits([], owner, Zone[i].Types)];
        return HashedName.TryRead(new DnsRecord(owner, DnsType.Nsec3, 3600, data), out HashedName? record)
            ? record
            : throw new InvalidOperationException(start);
    }
}
