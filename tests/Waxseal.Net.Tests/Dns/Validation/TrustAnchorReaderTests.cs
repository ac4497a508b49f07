using System.Collections.Immutable;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;

namespace Waxseal.Net.Tests.Dns.Validation;

public class TrustAnchorReaderTests
{
    [Fact]
    public void Ds_and_dnskey_lines_are_read()
    {
        SignedZone zone = new("example.test");
        string ds = Convert.ToHexString(zone.EntryKey.Ds(zone.Name).AsSpan(4));
        string key = Convert.ToBase64String(zone.EntryKey.Data.AsSpan(4));

        Assert.True(TrustAnchorReader.TryRead(
            $"""
            ; the keys of the laboratory
            . IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D

            example.test.	3600	IN	DS	{zone.EntryKey.Tag} 13 2 {ds[..20]} {ds[20..].ToLowerInvariant()} ; in two parts
            example.test in 3600 dnskey 257 3 13 {key[..20]} {key[20..]} ;{"{"}id = 4711 (ksk){"}"} ;;state=2
            example.test DNSKEY 257 3 13 {key}
            """.ReplaceLineEndings("\r\n"),
            out ImmutableArray<TrustAnchor> anchors,
            out TrustAnchorError? error), error?.ToString());

        Assert.Equal([DnsName.Root, zone.Name, zone.Name, zone.Name], anchors.Select(anchor => anchor.Zone));
        Assert.Equal(Convert.ToHexString(TrustAnchor.Root[0].Signer.Digest.Span), Convert.ToHexString(anchors[0].Signer.Digest.Span));
        Assert.All(anchors.Skip(1), anchor => Assert.Equal((zone.EntryKey.Tag, 13, 2, ds), (anchor.Signer.KeyTag, anchor.Signer.Algorithm, anchor.Signer.DigestType, Convert.ToHexString(anchor.Signer.Digest.Span))));
    }

    [Theory]
    [InlineData("", 0, "there is no trust anchor")]
    [InlineData("; nothing\n\n", 0, "there is no trust anchor")]
    [InlineData("a..b IN DS 1 8 2 00", 1, "'a..b' is not a name")]
    [InlineData(". IN DS 1 8 2", 1, "a line has the form '. IN DS 20326 8 2 E06D...' or '. IN DNSKEY 257 3 8 AwEA...'")]
    [InlineData(". IN DS 1 8 2 000", 1, "a line has the form")]
    [InlineData(". IN DS 1 8 2 0g", 1, "a line has the form")]
    [InlineData(". IN DS 70000 8 2 00", 1, "a line has the form")]
    [InlineData(". IN DS -1 8 2 00", 1, "a line has the form")]
    [InlineData(". IN DNSKEY 257 3 8 !", 1, "a line has the form")]
    [InlineData(". IN DNSKEY 385 3 8 AwEAAQ==", 1, "a line has the form")]
    [InlineData(". IN DNSKEY 257 2 8 AwEAAQ==", 1, "a line has the form")]
    [InlineData(". IN TXT 1 8 2 00", 1, "a line has the form")]
    [InlineData(". IN", 1, "a line has the form")]
    [InlineData(". IN DS 1 15 2 00", 1, "a key with algorithm Ed25519 (15) cannot be checked")]
    [InlineData(". IN DS 1 8 2 00", 1, "a digest of type 2 has 32 octets, and this one 1")]
    [InlineData("a\\; IN DS 1 8 2 00", 1, "a digest of type 2")]
    [InlineData("a\\\\; IN DS 1 8 2 00", 1, "a line has the form")]
    [InlineData("\n. IN DS 1 8 3 00", 2, "digest type 3 is not known")]
    public void What_is_no_trust_anchor_is_refused_with_its_line(string text, int line, string message)
    {
        Assert.False(TrustAnchorReader.TryRead(text, out ImmutableArray<TrustAnchor> anchors, out TrustAnchorError? error));

        Assert.Empty(anchors);
        Assert.Equal(line, error!.Line);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_texts_are_refused()
    {
        Assert.False(TrustAnchorReader.TryRead(new string('\n', TrustAnchorReader.MaxLength + 1), out _, out TrustAnchorError? error));
        Assert.Equal(0, error!.Line);
    }
}
