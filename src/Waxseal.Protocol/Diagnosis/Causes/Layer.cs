namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>Where in the chain from DNS to the report a cause sits; the letter begins the ids of its causes.</summary>
public enum Layer
{
    /// <summary>A: the TXT record <c>_mta-sts</c>.</summary>
    Record,

    /// <summary>B: delegation, DNSSEC and addresses of the policy host.</summary>
    Dns,

    /// <summary>C: order of roll-out, caches, and the days reports speak of.</summary>
    Timing,

    /// <summary>D: TCP and IPv6 on the way to the policy host.</summary>
    Connection,

    /// <summary>E: TLS handshake of the policy host.</summary>
    PolicyHostTls,

    /// <summary>F: certificate of the policy host.</summary>
    PolicyHostCertificate,

    /// <summary>G: the answer of the web server.</summary>
    Http,

    /// <summary>H: grammar of the policy.</summary>
    PolicyGrammar,

    /// <summary>I: the policy, its id and its copies.</summary>
    PolicyCopies,

    /// <summary>J: the policy held against the MX hosts.</summary>
    PolicyAndMx,

    /// <summary>K: STARTTLS and certificate of an MX host.</summary>
    MxTls,

    /// <summary>L: DANE and DNSSEC of the MX hosts.</summary>
    Dane,

    /// <summary>M: the TLS-RPT record and the way of the reports.</summary>
    Reporting,

    /// <summary>N: the reporter.</summary>
    Reporter,
}

/// <summary>The words for <see cref="Layer"/>.</summary>
public static class Layers
{
    /// <summary>The layer in words, to follow "lies in".</summary>
    public static string InWords(this Layer layer) => layer switch
    {
        Layer.Record => "the TXT record",
        Layer.Dns => "DNS of the policy host",
        Layer.Timing => "roll-out order and caches",
        Layer.Connection => "the connection to the policy host",
        Layer.PolicyHostTls => "TLS of the policy host",
        Layer.PolicyHostCertificate => "the certificate of the policy host",
        Layer.Http => "the web server's answer",
        Layer.PolicyGrammar => "the text of the policy",
        Layer.PolicyCopies => "the policy and its id",
        Layer.PolicyAndMx => "the policy held against the MX hosts",
        Layer.MxTls => "TLS of the MX hosts",
        Layer.Dane => "DANE and DNSSEC",
        Layer.Reporting => "the way of the reports",
        Layer.Reporter => "the reporter",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
