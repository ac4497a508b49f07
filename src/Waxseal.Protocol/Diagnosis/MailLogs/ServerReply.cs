namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>
/// Tells the reply of a server from prose: "version 5.7.321 is out" has the code of an error in it, and is none. What comes with a
/// reply code (RFC 5321 §4.2), or stands in a field that holds codes, is meant as one.
/// </summary>
internal static class ServerReply
{
    // What codes follow, in delivery status fields (RFC 3464 §2.3), in logs and in sentences of mail servers.
    private static readonly string[] BeforeCode = ["status:", "status=", "dsn=", "smtp;"];
    private static readonly string[] BeforeReply = ["said:", "smtp;", "returned", "response was:", "diagnostic-code:", "stat="];

    // RFC 8460 §4.3
    private static readonly string[] ResultWords =
        ["starttls-not-supported", "certificate-expired", "certificate-host-mismatch", "certificate-not-trusted", "tlsa-invalid", "dnssec-invalid", "dane-required"];

    /// <summary>Whether a text in lower case has a reply in it.</summary>
    /// <param name="words">The text.</param>
    /// <param name="status">The enhanced status code that it must give (RFC 3463 §2); null for any.</param>
    public static bool IsIn(string words, string? status = null)
    {
        for (int at = 0; at < words.Length; at++)
        {
            int length = words[at] is '4' or '5' ? LengthOfStatus(words.AsSpan(at)) : 0;
            if (length == 0 || (at > 0 && (char.IsAsciiLetterOrDigit(words[at - 1]) || words[at - 1] == '.')))
                continue;
            if ((status is null || words.AsSpan(at, length).SequenceEqual(status)) && IsMeant(words.AsSpan(0, at), words.AsSpan(at + length)))
                return true;
            at += length - 1;
        }

        return status is null && Array.Exists(BeforeReply, mark => IsBeforeReply(words, mark));
    }

    private static bool IsMeant(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        if (before.EndsWith("#") || (before.Length > 0 && before[^1] is ' ' or '-' && EndsInReplyCode(before[..^1])))
            return true;
        ReadOnlySpan<char> known = before.TrimEnd();
        foreach (string mark in BeforeCode)
        {
            if (known.EndsWith(mark, StringComparison.Ordinal))
                return true;
        }

        ReadOnlySpan<char> next = after.TrimStart(" :");
        foreach (string word in ResultWords)
        {
            if (next.StartsWith(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool IsBeforeReply(string words, string mark)
    {
        for (int at = words.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = words.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> rest = words.AsSpan(at + mark.Length).TrimStart(" '\"");
            if (rest.Length >= 3 && EndsInReplyCode(rest[..3]) && (rest.Length == 3 || rest[3] is ' ' or '-'))
                return true;
        }

        return false;
    }

    private static bool EndsInReplyCode(ReadOnlySpan<char> text) =>
        text.Length >= 3 && text[^3] is '4' or '5' && text[^2..].ContainsOnlyDigits() && (text.Length == 3 || !(char.IsAsciiLetterOrDigit(text[^4]) || text[^4] == '.'));

    // RFC 3463 §2: status-code = class "." subject "." detail, each of the latter 1*3digit
    private static int LengthOfStatus(ReadOnlySpan<char> text)
    {
        int at = 1;
        for (int part = 0; part < 2; part++)
        {
            if (at == text.Length || text[at] != '.')
                return 0;
            int digits = text[(at + 1)..].IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length - at - 1 : digits;
            if (digits is 0 or > 3)
                return 0;
            at += digits + 1;
        }

        return at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]) ? 0 : at;
    }
}
