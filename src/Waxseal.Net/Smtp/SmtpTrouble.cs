using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Smtp;

/// <summary>An SMTP session cannot go on; thrown and caught within one session.</summary>
internal sealed class SmtpTrouble(SmtpFault fault, string detail) : Exception(detail)
{
    /// <summary>What kind of trouble.</summary>
    public SmtpFault Fault { get; } = fault;
}
