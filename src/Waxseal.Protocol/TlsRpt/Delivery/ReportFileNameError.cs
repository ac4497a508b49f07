namespace Waxseal.Protocol.TlsRpt.Delivery;

/// <summary>Why a text is no file name of a report, and where.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Offset of the fault in the text, in characters from 0.</param>
public sealed record ReportFileNameError(ReportFileNameFault Fault, int Offset);

/// <summary>The ways a text fails to be the file name of a report (RFC 8460 §5.1).</summary>
public enum ReportFileNameFault
{
    /// <summary>More than <see cref="ReportFileName.MaxLength"/> characters.</summary>
    TooLong,

    /// <summary>The end is neither <c>.json</c> nor <c>.json.gz</c>.</summary>
    BadExtension,

    /// <summary>There are not four or five fields with exclamation marks between them.</summary>
    BadFieldCount,

    /// <summary>The sender or the policy domain is no domain name in A-labels.</summary>
    BadDomain,

    /// <summary>A time is not written in digits, or lies beyond all reckoning.</summary>
    BadTimestamp,

    /// <summary>The unique id has something other than ASCII letters and digits, or nothing.</summary>
    BadUniqueId,
}
