using System.Collections.Immutable;

namespace Waxseal.Net.Smtp;

/// <summary>A reply of an SMTP server (RFC 5321 §4.2).</summary>
/// <param name="Code">Its code, 200 to 599.</param>
/// <param name="Lines">The texts of its lines, made printable.</param>
internal sealed record SmtpReply(int Code, ImmutableArray<string> Lines)
{
    /// <summary>The whole reply in one line.</summary>
    public string Text => $"{Code} {string.Join(" / ", Lines)}";

    /// <summary>Whether the command was taken (RFC 5321 §4.2.1).</summary>
    public bool IsPositive => Code / 100 == 2;
}
