using System.IO.Compression;
using System.Text;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Tests.Reports;

/// <summary>Reports for tests of the store.</summary>
internal static class SampleReports
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static string Json(string id = "r1", string domain = "example.test", string day = "2026-03-01", long successful = 5, long failed = 2, string organization = "Example Org") => $$"""
        {"organization-name": "{{organization}}", "date-range": {"start-datetime": "{{day}}T00:00:00Z", "end-datetime": "{{day}}T23:59:59Z"},
         "contact-info": "tls@{{domain}}", "report-id": "{{id}}",
         "policies": [{"policy": {"policy-type": "sts", "policy-string": ["version: STSv1","mode: testing","mx: mx.{{domain}}","max_age: 86400"], "policy-domain": "{{domain}}", "mx-host": ["mx.{{domain}}"]},
                       "summary": {"total-successful-session-count": {{successful}}, "total-failure-session-count": {{failed}}},
                       "failure-details": [{"result-type": "certificate-expired", "sending-mta-ip": "198.51.100.1", "receiving-mx-hostname": "mx.{{domain}}", "failed-session-count": {{failed}}}]}]}
        """;

    public static ArrivedReport Of(string json, Trust trust = Trust.Unverified, string? submitter = null, string domain = "example.test")
    {
        ReportReading reading = ReportReader.Read(Encoding.UTF8.GetBytes(json));
        return new(domain, Gzip(Encoding.UTF8.GetBytes(json)), new(Noon, Channel.Https, "198.51.100.7") { Trust = trust, Submitter = submitter })
        {
            Evidence = reading.Report is null ? null : new ReportEvidence(reading.Report, "test"),
            Defects = reading.Defects,
            Fault = reading.Report is null ? "is no report" : null,
            State = reading.Report is null ? ReportState.Unreadable : ReportState.Counted,
        };
    }

    private static byte[] Gzip(byte[] plain)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return packed.ToArray();
    }
}
