using System.Globalization;
using System.Net;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>Takes names out of the words of a mail server.</summary>
internal static class LogText
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>What stands between two marks, the first of them; null where they do not both stand there.</summary>
    public static string? Between(string text, string begin, string end)
    {
        int start = text.IndexOf(begin, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;
        start += begin.Length;
        int stop = text.IndexOf(end, start, StringComparison.Ordinal);
        return stop < 0 ? null : text[start..stop];
    }

    /// <summary>What follows a mark; null where it does not stand there.</summary>
    public static string? After(string text, string mark)
    {
        int start = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? null : text[(start + mark.Length)..];
    }

    /// <summary>A host and its address, as in <c>mx.example.com[192.0.2.1]:25</c> or <c>mx.example.com [192.0.2.1]</c>.</summary>
    public static (string? Host, string? Address) HostAndAddress(string? text)
    {
        if (text is null)
            return default;
        int open = text.IndexOf('[', StringComparison.Ordinal);
        int close = text.IndexOf(']', Math.Max(open, 0));
        string host = (open < 0 ? text.Split(' ', ',')[0] : text[..open]).Trim().Split(' ')[0];
        string? address = open >= 0 && close > open ? Address(text[(open + 1)..close]) : null;
        return (Host(host), address);
    }

    /// <summary>A host name in lower case without root dot; null where the text is none.</summary>
    public static string? Host(string? text)
    {
        string name = text?.Trim().Trim('\'', '"', '<', '>', '(', ')', ';', ',').TrimEnd('.').ToLowerInvariant() ?? "";
        return name.Contains('.', StringComparison.Ordinal) && Names.DomainName.TryParse(name, out Names.DomainName? host, out _)
            && !IPAddress.TryParse(name, out _) ? host.Value : null;
    }

    /// <summary>The domain of the first mail address; null without one.</summary>
    public static string? DomainOfAddress(string? text)
    {
        for (int at = text?.IndexOf('@', StringComparison.Ordinal) ?? -1; at >= 0; at = text!.IndexOf('@', at + 1))
        {
            int end = at + 1;
            while (end < text!.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-' or '_'))
                end++;
            if (at > 0 && !char.IsWhiteSpace(text[at - 1]) && Host(text[(at + 1)..end]) is { } domain)
                return domain;
        }

        return null;
    }

    /// <summary>The enhanced status code that begins a text or follows a reply code (RFC 3463 §2); null without one.</summary>
    public static string? Status(string text)
    {
        foreach (string word in text.Split((char[])[' ', '-', ';', '=', '(', '\''], 24, StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = word.TrimEnd(',', ')', ':').Split('.');
            if (parts.Length == 3 && parts[0] is "4" or "5" && parts.Skip(1).All(part => part.Length is > 0 and <= 3 && part.AsSpan().ContainsOnlyDigits()))
                return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}.{parts[1]}.{parts[2]}");
        }

        return null;
    }

    private static string? Address(string text)
    {
        string plain = text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text;
        return plain.Length <= 45 && IPAddress.TryParse(plain, out IPAddress? address) ? address.ToString() : null;
    }
}
