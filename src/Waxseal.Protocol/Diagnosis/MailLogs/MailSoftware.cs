namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>The mail server that wrote a line or a bounce.</summary>
public enum MailSoftware
{
    /// <summary>Any; the text does not tell.</summary>
    Unknown,

    /// <summary>Postfix.</summary>
    Postfix,

    /// <summary>Exim.</summary>
    Exim,

    /// <summary>Sendmail.</summary>
    Sendmail,

    /// <summary>OpenSMTPD.</summary>
    OpenSmtpd,

    /// <summary>Exchange Online.</summary>
    ExchangeOnline,

    /// <summary>Stalwart.</summary>
    Stalwart,
}

/// <summary>The words for <see cref="MailSoftware"/>.</summary>
public static class MailSoftwares
{
    /// <summary>The name, as its makers write it; empty where it is not known.</summary>
    public static string Name(this MailSoftware software) => software switch
    {
        MailSoftware.Postfix => "Postfix",
        MailSoftware.Exim => "Exim",
        MailSoftware.Sendmail => "Sendmail",
        MailSoftware.OpenSmtpd => "OpenSMTPD",
        MailSoftware.ExchangeOnline => "Exchange Online",
        MailSoftware.Stalwart => "Stalwart",
        _ => "",
    };
}
