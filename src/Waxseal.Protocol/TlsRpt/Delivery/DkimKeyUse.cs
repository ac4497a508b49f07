using System.Text;

namespace Waxseal.Protocol.TlsRpt.Delivery;

/// <summary>What a DKIM key may verify, as far as its record says (RFC 6376 §3.6.1).</summary>
/// <param name="IsForEmail">Whether ordinary verifiers of mail may use it.</param>
/// <param name="IsForTlsRpt">Whether it may verify the mail of TLS reports (RFC 8460 §3).</param>
public sealed record DkimKeyUse(bool IsForEmail, bool IsForTlsRpt)
{
    /// <summary>Longest record that is read, in bytes.</summary>
    public const int MaxLength = ushort.MaxValue;

    private static readonly DkimKeyUse None = new(false, false);

    /// <summary>What the key of a record may verify; nothing, if it is revoked or its record is discarded.</summary>
    /// <param name="keyRecord">The character-strings of the TXT record, joined with nothing between them.</param>
    public static DkimKeyUse Of(ReadOnlySpan<byte> keyRecord)
    {
        if (keyRecord.Length > MaxLength || !TryReadTags(keyRecord, out Dictionary<string, string> tags))
            return None;

        // RFC 6376 §3.6.1: p= is required; an empty value means that the key has been revoked.
        if (tags.GetValueOrDefault("p", "").Length == 0)
            return None;

        // RFC 6376 §3.6.1: s= is a colon-separated list; its default is "*".
        string[] services = tags.GetValueOrDefault("s", "*").Split(':');
        return new(Lists(services, "email"), Lists(services, "tlsrpt"));
    }

    // RFC 6376 §3.6.1: "*" matches all service types; unrecognized ones are ignored; white space around ":" is allowed.
    private static bool Lists(string[] services, string service) =>
        services.Select(listed => listed.Trim(' ', '\t', '\r', '\n')).Any(listed => listed == "*" || listed == service);

    // RFC 6376 §3.2: tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
    private static bool TryReadTags(ReadOnlySpan<byte> record, out Dictionary<string, string> tags)
    {
        tags = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> white = " \t\r\n"u8;
        foreach (Range range in record.Split((byte)';'))
        {
            ReadOnlySpan<byte> tag = record[range].Trim(white);
            if (tag.IsEmpty && range.End.GetOffset(record.Length) == record.Length)
                break;

            // RFC 6376 §3.2: tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
            int equals = tag.IndexOf((byte)'=');
            if (equals < 1)
                return false;
            string name = Encoding.ASCII.GetString(tag[..equals].TrimEnd(white));
            string value = Encoding.UTF8.GetString(tag[(equals + 1)..].TrimStart(white));

            // RFC 6376 §3.6.1: v= is the first tag if there is one, and no other value than "DKIM1" will do.
            if (name == "v" && (tags.Count > 0 || value != "DKIM1"))
                return false;

            // RFC 6376 §3.2: a name that occurs twice makes the whole list invalid.
            if (!tags.TryAdd(name, value))
                return false;
        }

        return true;
    }
}
