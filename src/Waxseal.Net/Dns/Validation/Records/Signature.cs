using System.Diagnostics.CodeAnalysis;
using Waxseal.Net.Dns.Wire;

namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>The data of an RRSIG record: a signature over a set of records (RFC 4034 §3.1).</summary>
internal sealed record Signature
{
    // Everything before the name of the signer.
    private const int HeadLength = 18;

    private uint _expiration;
    private uint _inception;

    private Signature()
    {
    }

    /// <summary>The type of the records that are signed.</summary>
    public DnsType Covered { get; private init; }

    /// <summary>The algorithm of the key.</summary>
    public byte Algorithm { get; private init; }

    /// <summary>How many labels the signed name has, without the root and without a wildcard's asterisk.</summary>
    public byte Labels { get; private init; }

    /// <summary>The tag of the key.</summary>
    public ushort KeyTag { get; private init; }

    /// <summary>The zone the key is of.</summary>
    public DnsName Signer { get; private init; } = DnsName.Root;

    /// <summary>The fields before the name of the signer, as they are signed.</summary>
    public ReadOnlyMemory<byte> Head { get; private init; }

    /// <summary>The TTL the records were signed with.</summary>
    public ReadOnlyMemory<byte> OriginalTtl => Head.Slice(4, sizeof(uint));

    /// <summary>The signature itself.</summary>
    public ReadOnlyMemory<byte> Octets { get; private init; }

    public static bool TryRead(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out Signature? signature)
    {
        signature = null;
        if (data.Length <= HeadLength || !RecordName.TryRead(data.Span, HeadLength, out DnsName? signer, out int end))
            return false;

        WireCursor head = new(data.Span, 0);
        head.TryRead16(out ushort covered);
        head.TrySkip(6);
        head.TryRead32(out uint expiration);
        head.TryRead32(out uint inception);
        head.TryRead16(out ushort keyTag);
        signature = new Signature
        {
            Covered = (DnsType)covered,
            Algorithm = data.Span[2],
            Labels = data.Span[3],
            _expiration = expiration,
            _inception = inception,
            KeyTag = keyTag,
            Signer = signer,
            Head = data[..HeadLength],
            Octets = data[end..],
        };
        return true;
    }

    /// <summary>When its time is over.</summary>
    public DateTimeOffset EndOf(DateTimeOffset now) => Near(now, _expiration);

    /// <summary>When its time begins.</summary>
    public DateTimeOffset BeginOf(DateTimeOffset now) => Near(now, _inception);

    // RFC 4034 §3.1.5: seconds modulo 2^32, compared as serial numbers are; so they lie within 68 years of now.
    private static DateTimeOffset Near(DateTimeOffset now, uint seconds)
    {
        long present = now.ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(present + (int)(seconds - (uint)present));
    }
}
