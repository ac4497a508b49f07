using System.Buffers.Binary;
using System.Globalization;
using Waxseal.Lab;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns.Validation.Signatures;

/// <summary>Keys, digests and signatures printed in the standards.</summary>
public class OfficialVectorTests
{
    private const string Rfc4034Key =
        "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCV"
        + "dFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";

    private const string RootKey2017 =
        "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kvArMt"
        + "NROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK"
        + "6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU=";

    private const string P256Key = "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==";

    private const string P384Key =
        "xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNg"
        + "F6W/qTI37m40";

    [Theory]
    [Rfc(4034, "5.4"), Rfc(4509, "2.3"), Rfc(6605, "6.1"), Rfc(6605, "6.2"), Rfc(8080, "6")]
    [InlineData("dskey.example.com", 256, 5, Rfc4034Key, 60485, 1, "2BB183AF5F22588179A53B0A98631FAD1A292118")]
    [InlineData("dskey.example.com", 256, 5, Rfc4034Key, 60485, 2, "D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A")]
    [InlineData("example.net", 257, 13, P256Key, 55648, 2, "B4C8C1FE2E7477127B27115656AD6256F424625BF5C1E2770CE6D6E37DF61D17")]
    [InlineData("example.net", 257, 14, P384Key, 10771, 4, "72D7B62976CE06438E9C0BF319013CF801F09ECC84B8D7E9495F27E305C6A9B0563A9B5F4D288405C3008A946DF983D6")]
    [InlineData("example.com", 257, 15, "l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=", 3613, 2, "3AA5AB37EFCE57F737FC1627013FEE07BDF241BD10F3B1964AB55C78E79A304B")]
    [InlineData(".", 257, 8, RootKey2017, 20326, 2, "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D")]
    public void Tag_and_digest_of_a_key(string zone, int flags, byte algorithm, string key, ushort tag, byte digestType, string digest)
    {
        ZoneKey zoneKey = Key((ushort)flags, algorithm, key);

        Assert.Equal(tag, zoneKey.Tag);
        Assert.Equal(digest, Convert.ToHexString(KeyDigest.Of(digestType, SignedZone.NameOf(zone), zoneKey)!));
    }

    [Fact]
    public void Built_in_trust_anchor_is_the_key_of_the_root()
    {
        Assert.Equal([20326, 38696], TrustAnchor.Root.Select(anchor => (int)anchor.Signer.KeyTag));
        Assert.True(KeyDigest.Fits(TrustAnchor.Root[0].Signer, DnsName.Root, Key(257, 8, RootKey2017)));
    }

    [Fact, Rfc(5702, "6.1")]
    public void Signature_by_rsa_with_sha256() => AssertHolds(
        Key(256, 8, "AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk="),
        Address(91),
        3,
        "20300101000000",
        "20000101000000",
        "kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg==");

    [Fact, Rfc(5702, "6.2")]
    public void Signature_by_rsa_with_sha512() => AssertHolds(
        Key(
            256,
            10,
            "AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFDxj13tOnD9u/1kTg7cV6rklMrZDtJCQ5PCl/D7QNP"
                + "sgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL"),
        Address(91),
        3,
        "20300101000000",
        "20000101000000",
        "tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm/zpq+9fOuagYJRfDqfReKBzM"
            + "weOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw=");

    [Fact, Rfc(6605, "6.1")]
    public void Signature_by_p256() => AssertHolds(
        Key(257, 13, P256Key),
        Address(1),
        3,
        "20100909100439",
        "20100812100439",
        "qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==");

    [Fact, Rfc(6605, "6.2")]
    public void Signature_by_p384() => AssertHolds(
        Key(257, 14, P384Key),
        Address(1),
        3,
        "20100909102025",
        "20100812102025",
        "/L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7wnqXL5bdcJzusdnI0RSM"
            + "ROxxwGipWcJm");

    // RFC 4035 appendix B.6: by RSA with SHA-1 and the exponent 3, over the wildcard *.w.example.
    [Fact, Rfc(4035, "5.3.2")]
    public void Signature_over_a_wildcard() => AssertHolds(
        Key(
            256,
            5,
            "AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+NwILQdzsUlSFovBZsyl/N"
                + "X6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ=="),
        new DnsRecord(SignedZone.NameOf("a.z.w.example"), DnsType.Mx, 3600, DnsReply.Mx(1, "ai.example")),
        2,
        "20040509183619",
        "20040409183619",
        "OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnkVLNv"
            + "vhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI=");

    [Fact, Rfc(5702, "2.2")]
    public void Key_too_short_for_its_algorithm_is_wrong()
    {
        byte[] key = Convert.FromBase64String("AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=");

        Assert.Equal(SignatureFit.Wrong, SignatureAlgorithms.Check(SignatureAlgorithms.RsaSha512, key, [1], new byte[64]));
    }

    private static void AssertHolds(ZoneKey key, DnsRecord record, byte labels, string expiration, string inception, string signature)
    {
        DnsName signer = record.Owner.Last(record.Type == DnsType.Mx ? 1 : 2);
        KeyRing keys = new(signer, [key], "");
        RecordSet set = new(record.Owner, record.Type, [record], [Rrsig(key, record, labels, expiration, inception, signer, signature)]);

        SetVerdict.Holds holds = Assert.IsType<SetVerdict.Holds>(new SetCheck(keys, Time(inception).AddDays(1)).Of(set));

        Assert.Equal(Time(expiration), holds.End);
        RecordSet changed = set with { Records = [record with { Data = (byte[])[.. record.Data.Span[..^1], 7] }] };
        Assert.Equal(
            ValidationBreak.SignatureWrong,
            Assert.IsType<SetVerdict.Fails>(new SetCheck(keys, Time(inception).AddDays(1)).Of(changed)).Break);
    }

    private static ZoneKey Key(ushort flags, byte algorithm, string key) =>
        ZoneKey.TryRead((byte[])[(byte)(flags >> 8), (byte)flags, 3, algorithm, .. Convert.FromBase64String(key)], out ZoneKey? zoneKey)
            ? zoneKey
            : throw new ArgumentException(key);

    private static DnsRecord Address(byte last) =>
        new(SignedZone.NameOf("www.example.net"), DnsType.A, 3600, (byte[])[192, 0, 2, last]);

    private static Signature Rrsig(
        ZoneKey key, DnsRecord record, byte labels, string expiration, string inception, DnsName signer, string signature)
    {
        byte[] head = new byte[18];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)record.Type);
        head[2] = key.Algorithm;
        head[3] = labels;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), 3600);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), (uint)Time(expiration).ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(12), (uint)Time(inception).ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(16), key.Tag);
        return Signature.TryRead((byte[])[.. head, .. signer.Wire, .. Convert.FromBase64String(signature)], out Signature? read)
            ? read
            : throw new ArgumentException(signature);
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
