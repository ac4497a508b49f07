using System.Diagnostics.CodeAnalysis;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Dns;

/// <summary>
/// A name in DNS: labels of any octets (RFC 2181 §11), in lower case. Names that DNS calls equal are equal.
/// </summary>
public sealed class DnsName : IEquatable<DnsName>
{
    /// <summary>Most octets of a name on the wire, the root included (RFC 1035 §2.3.4).</summary>
    public const int MaxWireLength = 255;

    /// <summary>Most octets of a label (RFC 1035 §2.3.4).</summary>
    public const int MaxLabelLength = 63;

    /// <summary>The root of DNS.</summary>
    public static readonly DnsName Root = new([0]);

    private readonly byte[] _wire;

    private DnsName(byte[] wire) => _wire = wire;

    /// <summary>The labels as they stand on the wire, uncompressed, lower case, ending with the root (RFC 4034 §6.2).</summary>
    public ReadOnlySpan<byte> Wire => _wire;

    /// <summary>How many labels the name has; the root has none.</summary>
    public int LabelCount
    {
        get
        {
            int count = 0;
            for (int i = 0; _wire[i] != 0; i += _wire[i] + 1)
                count++;
            return count;
        }
    }

    /// <summary>The name without its first label; the root for a name of one label and for the root itself.</summary>
    public DnsName Parent => _wire.Length == 1 ? this : new DnsName(_wire[(_wire[0] + 1)..]);

    /// <summary>The name of a host or domain.</summary>
    public static DnsName Of(DomainName name) =>
        TryParse(name.Value, out DnsName? dnsName) ? dnsName : throw new ArgumentException("Not a name in DNS.", nameof(name));

    /// <summary>Reads a name in the form of zone files: labels with dots between them, <c>\X</c> and <c>\DDD</c> (RFC 1035 §5.1).</summary>
    /// <param name="text">The name, with or without the dot of the root.</param>
    /// <param name="name">The name, or null.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out DnsName? name)
    {
        name = text == "." ? Root : null;
        if (name is not null)
            return true;

        // One more octet than allowed, so that what is too long is noticed by its length.
        Span<byte> wire = stackalloc byte[MaxWireLength + 1];
        int length = PresentationName.Read(text, wire);
        if (length is 0 or > MaxWireLength)
            return false;

        name = FromWire(wire[..length]);
        return true;
    }

    /// <summary>This name with labels before it, such as <c>_mta-sts</c>.</summary>
    /// <param name="labels">Labels with dots between them.</param>
    /// <param name="name">The name, or null if it would be too long.</param>
    public bool TryBelow(string labels, [NotNullWhen(true)] out DnsName? name) =>
        TryParse(_wire.Length == 1 ? labels : $"{labels}.{this}", out name);

    /// <summary>Whether this is <paramref name="parent"/> or a name below it.</summary>
    public bool IsAtOrBelow(DnsName parent)
    {
        int i = 0;
        while (_wire.Length - i > parent._wire.Length)
            i += _wire[i] + 1;
        return Wire[i..].SequenceEqual(parent._wire);
    }

    /// <summary>The last <paramref name="count"/> labels of this name.</summary>
    public DnsName Last(int count)
    {
        DnsName name = this;
        for (int i = LabelCount; i > count; i--)
            name = name.Parent;
        return name;
    }

    /// <summary>The name as the host or domain it stands for, when it is one by the rules of mail.</summary>
    public bool TryToDomainName([NotNullWhen(true)] out DomainName? name) => DomainName.TryParse(ToString(), out name, out _);

    /// <inheritdoc/>
    public bool Equals(DnsName? other) => other is not null && Wire.SequenceEqual(other._wire);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_wire);
        return hash.ToHashCode();
    }

    /// <summary>The name in the form of zone files, without the dot of the root; the root is a dot.</summary>
    public override string ToString() => PresentationName.Write(_wire);

    /// <summary>A name of labels that have been checked, in any case.</summary>
    internal static DnsName FromWire(ReadOnlySpan<byte> wire)
    {
        byte[] lower = wire.ToArray();
        // RFC 4343 §3: case is folded in ASCII alone. The octets of lengths are below 64, hence no letters.
        for (int i = 0; i < lower.Length; i++)
        {
            if (lower[i] is >= (byte)'A' and <= (byte)'Z')
                lower[i] |= 0x20;
        }

        return new DnsName(lower);
    }
}
