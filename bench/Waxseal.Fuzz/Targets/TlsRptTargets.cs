using System.Text;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt.Delivery;
using Waxseal.Protocol.TlsRpt.Records;

namespace Waxseal.Fuzz.Targets;

/// <summary>The parsers of <c>TlsRpt/</c>, but for the report itself.</summary>
internal static class TlsRptTargets
{
    public static readonly FuzzTarget Record = new(
        "tlsrpt-record",
        ReadRecord,
        () => Seeds.Vectors("tlsrpt-record"),
        "v=TLSRPTv1", "rua=", "mailto:", "https://", ",", ";", "!10m", "%2C", "%0D%0A", "[::1]", "\"", "?to=");

    public static readonly FuzzTarget FileName = new(
        "report-file-name",
        text => ReadFileName(Encoding.UTF8.GetString(text)),
        () => Seeds.Vectors("report-filename"),
        "!", ".json", ".json.gz", "18446744073709551616", "../");

    public static readonly FuzzTarget Subject = new(
        "report-subject",
        text => ReadSubject(Encoding.UTF8.GetString(text)),
        () => Seeds.Texts(
            "Report Domain: example.net Submitter: mail.sender.example.com Report-ID: <735ff.e317+bf22029@example.net>",
            "Report Domain: example.net\r\n Submitter: example.com\r\n Report-ID: <a@example.com> (a comment)",
            "Report Domain: example.net Submitter: example.com Report-ID: 133742+example.net"),
        "Report Domain: ", "Submitter: ", "Report-ID: ", "<", ">", "@", "\r\n ", "(", ")");

    public static readonly FuzzTarget DkimKey = new(
        "dkim-key",
        text => DkimKeyUse.Of(text),
        () => Seeds.Vectors("dkim-service"),
        "v=DKIM1; ", "s=tlsrpt", "s=*", "p=", ";", ":", "=");

    private static void ReadRecord(ReadOnlySpan<byte> text)
    {
        Parsed<TlsRptRecord> parsed = TlsRptRecordReader.Read(text);
        Promise.Kept(parsed, text);
        foreach (Rua rua in parsed.Value?.Ruas ?? [])
        {
            Promise.Kept(Ascii.IsValid(rua.Text), "A URI is ASCII.");
            Promise.Kept(!rua.Text.AsSpan().ContainsAny(",!;"), "A URI has no comma, exclamation point or semicolon.");
            Promise.Kept(Rua.TryParse(rua.Text, out Rua? again) && again == rua, "A URI reads back.");
        }
    }

    private static void ReadFileName(string text)
    {
        if (ReportFileName.TryParse(text, out ReportFileName? name, out ReportFileNameError? error))
            Promise.Kept(ReportFileName.TryParse(name.ToString(), out ReportFileName? again, out _) && again == name, "A file name reads back.");
        else
            Promise.Kept(error.Offset >= 0 && error.Offset <= text.Length, "The error lies within the text.");
    }

    private static void ReadSubject(string text)
    {
        if (!ReportSubject.TryParse(text, out ReportSubject? subject))
            return;

        Promise.Kept(ReportSubject.TryParse(subject.ToString(), out ReportSubject? again), "A subject reads back.");
        Promise.Kept(again!.ReportId == subject.ReportId && again.PolicyDomain == subject.PolicyDomain, "A subject reads back as it was.");

        var derived = ReportSubject.For(subject.PolicyDomain, subject.Submitter, subject.ReportId);
        Promise.Kept(ReportSubject.TryParse(derived.ToString(), out ReportSubject? read) && read.Conforms, "A subject made from any id conforms.");
    }
}
