using System.Formats.Asn1;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>A cursor over the elements of one level of DER. It never throws, whatever the octets.</summary>
internal ref struct DerReader(ReadOnlySpan<byte> der)
{
    private ReadOnlySpan<byte> _rest = der;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads the next element if it has the tag.</summary>
    /// <param name="tag">The tag wanted.</param>
    /// <param name="element">The whole element, with tag and length.</param>
    /// <param name="content">What the element holds.</param>
    public bool TryRead(Asn1Tag tag, out ReadOnlySpan<byte> element, out ReadOnlySpan<byte> content)
    {
        element = content = default;
        if (!AsnDecoder.TryReadEncodedValue(
                _rest, AsnEncodingRules.DER, out Asn1Tag found, out int offset, out int length, out int consumed)
            || found != tag)
        {
            return false;
        }

        element = _rest[..consumed];
        content = _rest.Slice(offset, length);
        _rest = _rest[consumed..];
        return true;
    }

    public bool TryRead(Asn1Tag tag, out ReadOnlySpan<byte> content) => TryRead(tag, out _, out content);

    public bool TrySkip(Asn1Tag tag) => TryRead(tag, out _, out _);
}
