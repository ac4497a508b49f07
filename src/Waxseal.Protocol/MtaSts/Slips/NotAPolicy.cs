using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Slips;

/// <summary>Recognises what is served in place of a policy, where a look at each line would help nobody.</summary>
internal static class NotAPolicy
{
    /// <summary>Reports what the body is; false when it is worth a look at its lines.</summary>
    public static bool Recognise(ReadOnlySpan<byte> body, ProblemList problems)
    {
        ReadOnlySpan<byte> text = body.TrimStart(" \t\r\n\uFEFF"u8);
        int offset = body.Length - text.Length;
        if (Explain(body, text) is not ({ } code, { } message))
            return false;

        problems.Error(code, new(offset, text.Length), message);
        return true;
    }

    private static (string Code, string Message)? Explain(ReadOnlySpan<byte> body, ReadOnlySpan<byte> text)
    {
        // RFC 8461 §3.3: 64 kilobytes are suggested as the limit, and read here as 65,536 octets.
        if (body.Length > StsPolicyReader.MaxLength)
            return ("sts-policy-too-long", "The body has more than 65536 octets. Sending MTAs stop reading there.");
        if (text.IsEmpty)
            return ("sts-policy-empty", "The body is empty. Serve the policy there.");
        if (IsUtf16(body))
            return ("sts-policy-utf16", "The file is UTF-16. Save it as UTF-8 without a byte-order mark, or as ASCII.");
        return text[0] switch
        {
            (byte)'<' => ("sts-policy-html",
                "This is HTML, not a policy. Look which page the web server gives for the address."),
            (byte)'{' or (byte)'[' => ("sts-policy-json",
                "This is JSON, the form of early drafts. Write the policy as 'name: value' lines."),
            _ when text.StartsWith("v=STSv1"u8) => ("sts-policy-is-record",
                "This is the TXT record of _mta-sts. The policy is a file of its own, with 'name: value' lines."),
            _ => null,
        };
    }

    private static bool IsUtf16(ReadOnlySpan<byte> body) =>
        body.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || body.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || (body.Length > 1 && (body[0] == 0) != (body[1] == 0));
}
