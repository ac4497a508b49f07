namespace Waxseal.Mail;

/// <summary>How much of a mail is read. What is more is refused with a reason, never cut in silence.</summary>
internal static class MailLimits
{
    /// <summary>Bytes of one mail. RFC 8460 §5.2 speaks of 10 MB as a common limit of reports; base64 adds a third.</summary>
    public const int Bytes = 15_000_000;

    /// <summary>Bytes of one header block; the work on a header grows faster than its length.</summary>
    public const int HeaderBytes = 128 * 1024;

    /// <summary>Bytes of one header field whose encoded words are decoded.</summary>
    public const int FieldBytes = 4 * 1024;

    /// <summary>Leaf parts of one mail, those of forwarded mails included.</summary>
    public const int Parts = 100;

    /// <summary>Levels of multipart and of mail within mail.</summary>
    public const int Depth = 16;
}
