namespace Waxseal.Protocol.Names;

/// <summary>The parts of a URI (RFC 3986 §3) as pieces of its text; percent-encoding is kept.</summary>
internal ref struct UriParts
{
    public ReadOnlySpan<byte> Scheme { get; set; }

    // What follows "//"; an authority may be empty.
    public bool HasAuthority { get; set; }

    public bool HasUserInfo { get; set; }

    // With its brackets for an address of version 6; empty without an authority.
    public ReadOnlySpan<byte> Host { get; set; }

    public ReadOnlySpan<byte> Port { get; set; }

    public ReadOnlySpan<byte> Path { get; set; }

    public bool HasQuery { get; set; }

    // RFC 3986 §3.1: schemes are case-insensitive.
    public readonly bool HasScheme(ReadOnlySpan<byte> lowerCase) =>
        System.Text.Ascii.EqualsIgnoreCase(Scheme, lowerCase);
}
