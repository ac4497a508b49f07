using System.Buffers.Binary;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>Short names by which a report that comes again is known, whatever way it comes and however it is written.</summary>
/// <param name="Identity">Of who sent it, its report-id, its policy domains and its days: the same report, perhaps with other numbers.</param>
/// <param name="Content">Of what it counts.</param>
public sealed record ReportIdentity(UInt128 Identity, UInt128 Content)
{
    /// <summary>The two as 32 octets, by which one report with one content is known.</summary>
    public byte[] Key
    {
        get
        {
            byte[] key = new byte[32];
            BinaryPrimitives.WriteUInt128BigEndian(key, Identity);
            BinaryPrimitives.WriteUInt128BigEndian(key.AsSpan(16), Content);
            return key;
        }
    }

    /// <summary>The identity as 16 octets.</summary>
    public byte[] IdentityBytes => Key[..16];

    /// <summary>The names of a report.</summary>
    /// <param name="submitter">
    /// Who sent it, where that is proved; null otherwise. A report that somebody else sends under the same words is another one, so
    /// that nobody can take the place of a report to come.
    /// </param>
    /// <param name="evidence">The report.</param>
    public static ReportIdentity Of(string? submitter, ReportEvidence evidence)
    {
        Report report = evidence.Report;
        ReportKey key = ReportKey.Of(KnownReporters.Identify(report), evidence);
        Fingerprint identity = new Fingerprint().Add(submitter).Add(key.Start).Add(key.End).Add(key.Reporter)
            .Add(key.Identity.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new(identity.Value, ReportContent.Of(report));
    }
}
