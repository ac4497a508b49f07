namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>How much of a log is read and kept.</summary>
public static class DeliveryLimits
{
    /// <summary>Characters of one line; the rest of a longer one is not looked at.</summary>
    public const int LineLength = 8192;

    /// <summary>Lines of all logs together.</summary>
    public const int Lines = 1_000_000;

    /// <summary>Groups of deliveries that are told apart; what is more is counted and not told.</summary>
    public const int Groups = 10_000;

    /// <summary>Lines about TLS that are not understood, of which the text is kept.</summary>
    public const int UnreadKept = 100;

    /// <summary>Processes of a mail server whose lines are held together at one time.</summary>
    internal const int Processes = 4096;

    /// <summary>Hosts and addresses of a group that are named.</summary>
    internal const int Named = 5;

    /// <summary>Days of a group that are told apart.</summary>
    internal const int Days = 400;

    /// <summary>Characters of a mail server's words that are kept.</summary>
    internal const int Text = 300;
}
