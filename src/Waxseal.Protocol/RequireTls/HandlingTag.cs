namespace Waxseal.Protocol.RequireTls;

/// <summary>How a message wants TLS to be treated on every onward hop (RFC 8689 §4.1).</summary>
public enum HandlingTag
{
    /// <summary>As the receiving domain's policy and the sending MTA's settings say.</summary>
    None,

    /// <summary>Only over verified TLS, to MX hosts that offer REQUIRETLS (RFC 8689 §4.2.1).</summary>
    Require,

    /// <summary>
    /// TLS is tried, but neither its failure nor a policy such as MTA-STS or DANE stops delivery (RFC 8689 §4.2.2).
    /// </summary>
    Optional,
}

/// <summary>Gives received messages their tag.</summary>
public static class HandlingTags
{
    /// <summary>The tag of a received message; every copy made of it carries the same.</summary>
    /// <param name="parameter">The parameter of the MAIL command.</param>
    /// <param name="field">The header field of the message.</param>
    public static HandlingTag Of(RequireTlsParameter parameter, TlsRequiredField field) => (parameter, field) switch
    {
        // RFC 8689 §4.1: beside the parameter the header field has no say.
        (RequireTlsParameter.Given, _) => HandlingTag.Require,
        (_, TlsRequiredField.No) => HandlingTag.Optional,
        _ => HandlingTag.None,
    };
}
