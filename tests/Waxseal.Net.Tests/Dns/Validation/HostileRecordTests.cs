using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Dns.Validation;

public class HostileRecordTests
{
    private const int Seed = 20260601;

    private static readonly DnsQuestion[] Questions =
    [
        Question("mail.example.test", DnsType.A),
        Question("_25._tcp.mail.example.test", DnsType.Tlsa),
        Question("www.example.test", DnsType.A),
        Question("any.wild.example.test", DnsType.Txt),
        Question("nothing.example.test", DnsType.A),
        Question("mail.old.example.test", DnsType.A),
        Question("host.unsigned.test", DnsType.A),
    ];

    [Theory]
    [InlineData(LabDenial.Nsec)]
    [InlineData(LabDenial.Nsec3)]
    [InlineData(LabDenial.Nsec3OptOut)]
    public async Task Broken_data_never_throws_and_changed_answers_are_never_secure(LabDenial denial)
    {
        Random random = new(Seed);
        ChainLab lab = new() { Test = { Denial = denial }, Example = { Denial = denial } };
        TrustAnchor anchor = ChainLab.AnchorOf(lab.Root);
        for (int i = 0; i < 1000; i++)
        {
            DnsQuestion question = Questions[i % Questions.Length];
            int countdown = random.Next(12);
            bool isAnswerChanged = false;
            lab.Dns.Edit = message => countdown-- == 0 ? Broken(message) : message;

            ValidationFacts facts = await new ChainValidator(lab.Dns, [anchor], lab.Clock).ValidateAsync(question, TestContext.Current.CancellationToken);

            if (isAnswerChanged)
                Assert.NotEqual(ValidationState.Secure, facts.State);

            DnsMessage Broken(DnsMessage message)
            {
                // What an alias leads to is asked for again, so beside the alias it does not count.
                DnsMessage broken = Break(message, random, out DnsQuestion? changed);
                isAnswerChanged = message.Question == question && changed == question;
                return broken;
            }
        }
    }

    [Fact]
    public void Noise_is_read_or_refused()
    {
        Random random = new(Seed);
        DnsName hashed = SignedZone.NameOf("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example");
        for (int i = 0; i < 20_000; i++)
        {
            byte[] noise = new byte[random.Next(80)];
            random.NextBytes(noise);
            if (random.Next(2) == 0)
                noise.AsSpan(0, Math.Min(5, noise.Length)).Clear();

            DelegationSigner.TryRead(noise, out _);
            ZoneKey.TryRead(noise, out _);
            Signature.TryRead(noise, out Signature? signature);
            Assert.True(signature is null || signature.EndOf(DateTimeOffset.UnixEpoch) > DateTimeOffset.MinValue);
            NextName.TryRead(new DnsRecord(hashed, DnsType.Nsec, 0, noise), out NextName? next);
            next?.Covers(hashed);
            HashedName.TryRead(new DnsRecord(hashed, DnsType.Nsec3, 0, noise), out HashedName? hash);
            hash?.Covers(noise);
            Base32.Decode(noise);
            Assert.All((DnsType[])[DnsType.Mx, DnsType.Soa, DnsType.Cname], type => Assert.Equal(noise.Length, CanonicalForm.Of(type, noise).Length));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(14)]
    public void Keys_of_noise_fit_nothing(byte algorithm)
    {
        Random random = new(Seed);
        for (int i = 0; i < 500; i++)
        {
            byte[] key = new byte[random.Next(4) == 0 ? random.Next(600) : algorithm == 13 ? 64 : algorithm == 14 ? 96 : 132];
            random.NextBytes(key);
            if (random.Next(2) == 0 && key.Length > 4)
                (key[0], key[1]) = ((byte)random.Next(5), (byte)random.Next(3));
            byte[] signature = new byte[random.Next(2) == 0 ? key.Length : random.Next(300)];
            random.NextBytes(signature);

            Assert.NotEqual(SignatureFit.Fits, SignatureAlgorithms.Check(algorithm, key, [1, 2, 3], signature));
        }
    }

    private static DnsQuestion Question(string name, DnsType type) => new(SignedZone.NameOf(name), type);

    private static DnsMessage Break(DnsMessage message, Random random, out DnsQuestion? changed)
    {
        changed = null;
        if (message.Answers.Length + message.Authority.Length is 0)
            return message;

        int which = random.Next(message.Answers.Length + message.Authority.Length);
        bool isAnswer = which < message.Answers.Length;
        DnsRecord record = isAnswer ? message.Answers[which] : message.Authority[which - message.Answers.Length];
        DnsRecord broken = record with { Data = Break(record.Data.ToArray(), random) };
        changed = isAnswer ? new DnsQuestion(record.Owner, record.Type) : null;
        return isAnswer
            ? message with { Answers = message.Answers.SetItem(which, broken) }
            : message with { Authority = message.Authority.SetItem(which - message.Answers.Length, broken) };
    }

    private static byte[] Break(byte[] data, Random random)
    {
        if (data.Length == 0)
            return [(byte)random.Next(256)];

        int at = random.Next(data.Length);
        switch (random.Next(4))
        {
            case 0:
                return data[..at];
            case 1:
                return [.. data, (byte)random.Next(256)];
            case 2:
                return [.. data[..at], (byte)random.Next(256), .. data[at..]];
            default:
                data[at] ^= (byte)(1 << random.Next(8));
                return data;
        }
    }
}
