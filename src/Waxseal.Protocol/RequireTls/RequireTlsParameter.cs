using System.Diagnostics;
using System.Text;

namespace Waxseal.Protocol.RequireTls;

/// <summary>The parameter REQUIRETLS of a MAIL command (RFC 8689 §2).</summary>
public enum RequireTlsParameter
{
    /// <summary>It is not given.</summary>
    Absent,

    /// <summary>It is given as it should be.</summary>
    Given,

    /// <summary>It is given with a value; it takes none.</summary>
    HasValue,

    /// <summary>It is given in a session without TLS.</summary>
    WithoutTls,
}

/// <summary>Reads the parameter REQUIRETLS.</summary>
public static class RequireTlsParameters
{
    /// <summary>The keyword of the EHLO answer and of the MAIL command, in any case (RFC 8689 §2).</summary>
    public const string Keyword = "REQUIRETLS";

    /// <summary>Octets by which a MAIL command may be longer where the extension is offered (RFC 8689 §2).</summary>
    public const int ExtraCommandLength = 11;

    /// <summary>Reads the parameter out of a MAIL command.</summary>
    /// <param name="mailCommand">The command line, with or without its line end.</param>
    /// <param name="isUnderTls">Whether TLS is up in the session.</param>
    public static RequireTlsParameter Read(ReadOnlySpan<byte> mailCommand, bool isUnderTls)
    {
        var reader = new MailParameterReader(mailCommand);
        while (reader.TryRead(out ReadOnlySpan<byte> keyword, out bool hasValue))
        {
            if (!Ascii.EqualsIgnoreCase(keyword, Keyword))
                continue;

            // RFC 8689 §2: no value belongs to the parameter, and it must not be used outside TLS.
            if (hasValue)
                return RequireTlsParameter.HasValue;
            return isUnderTls ? RequireTlsParameter.Given : RequireTlsParameter.WithoutTls;
        }

        return RequireTlsParameter.Absent;
    }

    /// <summary>The reply that refuses the MAIL command, or null when nothing is wrong with the parameter.</summary>
    public static string? ToRefusal(this RequireTlsParameter parameter) => parameter switch
    {
        RequireTlsParameter.Absent or RequireTlsParameter.Given => null,

        // RFC 5321 §4.2.3
        RequireTlsParameter.HasValue => "501 5.5.4 REQUIRETLS takes no value",

        // RFC 8689 §2 names no code for this. That of RFC 3207 §4 tells the client what to do.
        RequireTlsParameter.WithoutTls => "530 5.7.10 REQUIRETLS needs STARTTLS first",
        _ => throw new UnreachableException(),
    };
}
