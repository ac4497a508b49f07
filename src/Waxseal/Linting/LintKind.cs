using Waxseal.Protocol.Dane.Presentation;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Records;

namespace Waxseal.Linting;

/// <summary>A kind of text that can be checked.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Expected">What the user has to hand in, after "Expected is".</param>
/// <param name="Read">Reads one text.</param>
internal sealed record LintKind(string Name, string Expected, Func<ReadOnlyMemory<byte>, LintContext, LintReading> Read)
{
    public static readonly LintKind StsRecord = new(
        "sts-record",
        "the TXT record at _mta-sts.<policy domain>, such as: v=STSv1; id=20240131T120000;",
        (text, context) => new RecordAnswer("v=STSv1;", "sts-record", "RFC 8461 §3.1", "sending MTAs")
            .Read(text, StsRecordReader.ReadAnswer, record => ReadStsRecord(record, context.Today)));

    public static readonly LintKind StsPolicy = new(
        "sts-policy",
        "the policy file mta-sts.txt, which begins: version: STSv1",
        ReadStsPolicy);

    public static readonly LintKind TlsRptRecord = new(
        "tlsrpt-record",
        "the TXT record at _smtp._tls.<policy domain>, such as: v=TLSRPTv1; rua=mailto:tls@example.com",
        (text, _) => new RecordAnswer("v=TLSRPTv1;", "tlsrpt-record", "RFC 8460 §3", "reporters")
            .Read(text, TlsRptRecordReader.ReadAnswer, ReadTlsRptRecord));

    public static readonly LintKind Tlsa = new(
        "tlsa",
        "TLSA records, as data (3 1 1 and 64 digits) or as lines of a zone file",
        (text, _) => LintReading.Of(text, TlsaRecordReader.ReadAll(text.Span), set => new TlsaValue(set)));

    public static readonly LintKind Report = new(
        "report",
        "a TLS report: JSON, gzip, zip, or the mail it came in",
        (text, _) => LintReading.Of(text, ReportReader.Read(text.Span)));

    public static readonly LintKind[] All = [StsRecord, StsPolicy, TlsRptRecord, Tlsa, Report];

    private static LintReading ReadStsRecord(ReadOnlyMemory<byte> text, DateOnly today)
    {
        Parsed<StsRecord> parsed = StsRecordReader.Read(text.Span, today);
        return LintReading.Of(text, parsed, record => new StsRecordValue(record.Id));
    }

    private static LintReading ReadStsPolicy(ReadOnlyMemory<byte> text, LintContext context)
    {
        Parsed<StsPolicy> parsed = StsPolicyReader.Read(text.Span, context.PolicyDomain);
        return LintReading.Of(text, parsed, policy => new StsPolicyValue(policy));
    }

    private static LintReading ReadTlsRptRecord(ReadOnlyMemory<byte> text) =>
        LintReading.Of(text, TlsRptRecordReader.Read(text.Span), record => new TlsRptRecordValue(record));
}

/// <summary>What is known beside the text; it only adds warnings.</summary>
/// <param name="Today">The day, in UTC.</param>
/// <param name="PolicyDomain">The policy domain the text is for, or null.</param>
internal sealed record LintContext(DateOnly Today, DomainName? PolicyDomain);
