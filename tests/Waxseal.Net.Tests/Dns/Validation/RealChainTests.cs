using System.Buffers.Binary;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Dns.Validation;

/// <summary>The way from the root to <c>com</c> as it was on 28 February 2024, with the built-in trust anchors.</summary>
public class RealChainTests : IMessageSource
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 0, 0, 0, TimeSpan.Zero);

    private static readonly DnsRecord[] Records =
    [
        Key(
            ".",
            257,
            8,
            "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kvArMt"
                + "NROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK"
                + "6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU="),
        Key(
            ".",
            256,
            8,
            "AwEAAentCcIEndLh2QSK+pHFq/PkKCwioxt75d7qNOUuTPMo0Fcte/NbwDPbocvbZ/eNb5RV/xQdapaJASQ/oDLsqzD0H1+JkHNuuKc2JLtpMxg4glSE"
                + "4CnRXT2CnFTW5IwOREL+zeqZHy68OXy5ngW5KALbevRYRg/q2qFezRtCSQ0knmyPwgFsghVYLKwi116oxwEU5yZ6W7npWMxt5Z+Qs8diPNWrS5aXLgJt"
                + "rWUGIIuFfuZwXYziGRP/z3o1EfMo9zZU19KLopkoLXX7Ls/diCXdSEdJXTtFA8w0/OKQviuJebfKscoElCTswukVZ1VX5gbaFEo2xWhHJ9Uo63wYaTk="),
        Signature(
            ".",
            DnsType.Dnskey,
            8,
            172800,
            1710201600,
            1708387200,
            20326,
            ".",
            "GIgwndRLXgt7GX/JNEqSvpYw5ij6EgeQivdC/hmNNuOd2MCQRSxZx2DdLZUoK0tmn2XmOd0vYP06DgkIMUpIXcBstw/Um55WQhvBkBTPIhuB3UvKYJst"
                + "mq+8hFHWVJwKHTg9xu38JA43VgCV2AbzurbzNOLSgq+rDPelRXzpLr5aYE3y+EuvL+I5gusm4MMajnp5S+ioWOL+yWOnQE6XKoDmlrfcTrYfRSxRtJew"
                + "PmGeCbNdwEUBOoLUVdkCjQG4uFykcKL40cY8EOhVmM3kXAyuPuNe2Xz1QrIcVad/U4FDns+hd8+W+sWnr8QAtIUFT5pBjXooGS02m6eMdSeU6g=="),
        new(
            SignedZone.NameOf("com"),
            DnsType.Ds,
            86400,
            Convert.FromHexString("4D060D02" + "8ACBB0CD28F41250A80A491389424D341522D946B0DA0C0291F2D3D771D7805A")),
        Signature(
            "com",
            DnsType.Ds,
            8,
            86400,
            1710133200,
            1709006400,
            30903,
            ".",
            "WEf7UPqoulxab83nVy/518TpZcC3og0paZ7Lag5iOqGdmGvZnB0yQ42s25iqB/mL6ZU+sSUwYoclcW36Tv/yHgS813T2wOgQ4Jh01aCsjkjvpgpbtnDT"
                + "xg8bL30LV1obhQhOBFu5SqD4FOMeaV9Fqcff7Z72vC1UdVy0us2Kbhti3uQYrKQlGYcDMlgQAyOE0WEaLT74YfKFTpZvIK0UfUfdUAAiM0Z6PUi7BoyT"
                + "oIN+eKKPvny/+4BP9iVvAOmPMgr+kq/qIWOdsvUaq/S+k7VEPTJEi+i2gODgbMC+3EZZpZie9kv1EEAwGwBtGjE7bLlA1QUbuVeTgczIzrYriQ=="),
        Key("com", 256, 13, "5i9qjJgyH+9MBz7VO269/srLQB/xRRllyUoVq8oLBZshPe4CGzDSFGnXAM3L/QPzB9ULpJuuy7jcxmBZ5Ebo7A=="),
        Key("com", 257, 13, "tx8EZRAd2+K/DJRV0S+hbBzaRPS/G6JVNBitHzqpsGlz8huE61Ms9ANe6NSDLKJtiTBqfTJWDAywEp1FCsEINQ=="),
        Signature(
            "com",
            DnsType.Dnskey,
            13,
            86400,
            1710342155,
            1709045855,
            19718,
            "com",
            "lF2B9nXZn0CgytrHH6xB0NTva4G/aWvg/ypnSxJ8+ZXlvR0C4974yB+nd2ZWzWMICs/oPYMKoQHqxVjnGyu8nA=="),
    ];

    [Theory]
    [InlineData(".", DnsType.Dnskey, 1710201600)]
    [InlineData("com", DnsType.Ds, 1710133200)]
    [InlineData("com", DnsType.Dnskey, 1710133200)]
    public async Task Keys_of_the_root_and_of_com_are_secure(string name, DnsType type, long firstEnd)
    {
        ValidationFacts facts = await new ChainValidator(this, new FixedClock(Now))
            .ValidateAsync(new DnsQuestion(SignedZone.NameOf(name), type), TestContext.Current.CancellationToken);

        Assert.Equal((ValidationState.Secure, ""), (facts.State, facts.Detail));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(firstEnd), facts.FirstSignatureEnd);
    }

    [Fact]
    public async Task Their_signatures_have_ended_since()
    {
        ValidationFacts facts = await new ChainValidator(this, new FixedClock(Now.AddYears(1)))
            .ValidateAsync(new DnsQuestion(SignedZone.NameOf("com"), DnsType.Dnskey), TestContext.Current.CancellationToken);

        Assert.Equal("the signature of . DNSKEY by key 20326 ended 2024-03-12 00:00 UTC", facts.Detail);
    }

    public Task<DnsMessage?> AskAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult<DnsMessage?>(new DnsMessage(1, DnsHeaderBits.Response, DnsRcode.NoError, question)
        {
            Answers =
            [
                .. Records.Where(record => record.Owner.Equals(question.Name)
                    && (record.Type == question.Type || ZoneSigner.Covers(record, question.Type))),
            ],
        });

    private static DnsRecord Key(string owner, ushort flags, byte algorithm, string key) =>
        new(SignedZone.NameOf(owner), DnsType.Dnskey, 86400, (byte[])[(byte)(flags >> 8), (byte)flags, 3, algorithm, .. Convert.FromBase64String(key)]);

    private static DnsRecord Signature(
        string owner, DnsType covered, byte algorithm, uint ttl, uint expiration, uint inception, ushort tag, string signer, string signature)
    {
        byte[] head = new byte[18];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)covered);
        head[2] = algorithm;
        head[3] = (byte)SignedZone.NameOf(owner).LabelCount;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), ttl);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), expiration);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(12), inception);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(16), tag);
        byte[] data = [.. head, .. SignedZone.NameOf(signer).Wire, .. Convert.FromBase64String(signature)];
        return new DnsRecord(SignedZone.NameOf(owner), DnsType.Rrsig, ttl, data);
    }
}
