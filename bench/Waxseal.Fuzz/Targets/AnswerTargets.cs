using System.Collections.Immutable;
using System.Security.Cryptography;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Net.Dns.Validation.Chain;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;
using Waxseal.Net.Dns.Wire;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Fuzz.Targets;

/// <summary>Whole answers, validated with the keys of a zone whose signatures nobody else can make.</summary>
internal static class AnswerTargets
{
    // Two questions a label, and one for each alias.
    private const int MostQuestions = (2 * ValidationLimits.MaxSteps) + ValidationLimits.MaxAliases + 2;

    public static readonly FuzzTarget Answer = new(
        "dnssec-answer",
        Validate,
        () => Seeds.Folder("dnssec"),
        "\u0000\u002e\u0000\u0001", "\u0000\u0030\u0000\u0001", "\u0000\u0027\u0000\u0001", "\u0000\u0005\u0000\u0001", "\u0001*", "\u0007example\u0004test\u0000")
    {
        Inputs = 10_000,
    };

    // Made at first use: instrumented code must not run before the fuzzer has its memory.
    private static readonly Lazy<World> Signed = new(() => new World());

    private static void Validate(ReadOnlySpan<byte> wire)
    {
        if (!MessageReader.TryRead(wire, out DnsMessage? message) || message.Question is not { } question)
            return;

        World world = Signed.Value;
        foreach (RecordSet set in SetsOf(message))
        {
            if (world.Check.Of(set) is SetVerdict.Holds holds && holds.Signature.Covered == set.Type)
                Promise.Kept(world.IsSigned(set, holds.Signature), "Only what the zone signed holds.");
        }

        AnswerJudge judge = new(world.Zone, World.Now);
        Check(judge.Of(question, message));
        new DelegationJudge(world.Zone, World.Now).Of(question.Name, message);
        if (new ZoneEntry(world.Zone.Name, above: null, world.Signers, firstEnd: null).Judge(message, World.Now) is ChainStep.Over over)
            Check(over.Verdict);
        CheckChain(world, question, message);
    }

    private static void CheckChain(World world, DnsQuestion question, DnsMessage message)
    {
        Peer peer = new(world.Keys, message);
        ChainValidator validator = new(peer, world.Anchors, world);
        ValidationFacts facts = validator.ValidateAsync(question, CancellationToken.None).GetAwaiter().GetResult();
        Promise.Kept(peer.Asked <= MostQuestions, "A validation asks no more than is allowed.");
        Promise.Kept((facts.State == ValidationState.Secure) == (facts.Detail.Length == 0), "What is not secure has a reason.");
        Promise.Kept(!facts.Detail.Any(char.IsControl), "A reason is printable.");
    }

    private static void Check(ChainVerdict verdict)
    {
        Promise.Kept((verdict.State == ValidationState.Secure) == (verdict.Detail.Length == 0), "What is not secure has a reason.");
        Promise.Kept(verdict.State != ValidationState.Bogus || verdict.Break is not null, "A broken chain breaks somewhere.");
        Promise.Kept(verdict.State != ValidationState.Secure || verdict.FirstEnd >= World.Now, "A chain that holds has not ended.");
    }

    private static IEnumerable<RecordSet> SetsOf(DnsMessage message) =>
        from section in (ImmutableArray<DnsRecord>[])[message.Answers, message.Authority]
        from type in section.Select(record => record.Type).Distinct().Take(ValidationLimits.MaxSets)
        from set in RecordSet.All(section, type)
        select set;

    /// <summary>The zone <c>example.test</c> of the corpus: its keys, and what was signed with them.</summary>
    private sealed class World : TimeProvider
    {
        public static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

        private readonly HashSet<string> _signed = [];

        public World()
        {
            DnsMessage[] messages = [.. Seeds.Folder("dnssec").Select(Read)];
            Keys = messages.First(message => message.Question!.Type == DnsType.Dnskey);
            DnsName name = Keys.Question!.Name;
            DnsRecord[] records = [.. messages.SelectMany(message => message.Answers).Where(record => record.Type == DnsType.Dnskey)];
            ImmutableArray<ZoneKey> keys = [.. records.Select(record => ZoneKey.TryRead(record.Data, out ZoneKey? key) ? key : null).OfType<ZoneKey>()];
            Signers = [.. keys.Select(key => new DelegationSigner(key.Tag, key.Algorithm, KeyDigest.Sha256, KeyDigest.Of(KeyDigest.Sha256, name, key)))];
            Anchors = [.. Signers.Select(signer => new TrustAnchor(name, signer))];
            KeyRing ring = new(name, keys, "all keys");
            Zone = new SignedZone(name, ring, FirstEnd: null);
            Check = new SetCheck(ring, Now);
            foreach (RecordSet set in messages.SelectMany(SetsOf))
            {
                foreach (Signature signature in set.Signatures)
                    _signed.Add(Mark(set, signature));
            }
        }

        /// <summary>An answer with the zone's keys.</summary>
        public DnsMessage Keys { get; }

        public ImmutableArray<DelegationSigner> Signers { get; }

        public ImmutableArray<TrustAnchor> Anchors { get; }

        public SignedZone Zone { get; }

        public SetCheck Check { get; }

        public override DateTimeOffset GetUtcNow() => Now;

        public bool IsSigned(RecordSet set, Signature signature) => _signed.Contains(Mark(set, signature));

        private static string Mark(RecordSet set, Signature signature) => Convert.ToHexString(SHA256.HashData(SignedForm.Of(set, signature)));

        private static DnsMessage Read(byte[] wire) =>
            MessageReader.TryRead(wire, out DnsMessage? message) ? message : throw new InvalidDataException("A message of the corpus cannot be read.");
    }

    /// <summary>Answers with the zone's keys, and anything else with one and the same message.</summary>
    private sealed class Peer(DnsMessage keys, DnsMessage message) : IMessageSource
    {
        public int Asked { get; private set; }

        public Task<DnsMessage?> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult<DnsMessage?>(question == keys.Question ? keys : message with { Question = question });
        }
    }
}
