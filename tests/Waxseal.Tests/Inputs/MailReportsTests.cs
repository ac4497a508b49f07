using System.Text;
using Waxseal.Inputs;
using Waxseal.Mail;

namespace Waxseal.Tests.Inputs;

public class MailReportsTests
{
    private const string FileName = "sender.example!example.net!1767225600!1767311999!1.json.gz";

    [Theory, Rfc(8460, "5.3")]
    [InlineData("gzip.eml", FileName)]
    [InlineData("plain-8bit.eml", FileName)]
    [InlineData("quoted-printable.eml", "application/tlsrpt+json")]
    [InlineData("bare-type.eml", FileName)]
    [InlineData("x-gzip-type.eml", FileName)]
    [InlineData("octet-stream.eml", FileName)]
    [InlineData("split-name.eml", FileName)]
    [InlineData("contenttype.eml", "application/tlsrpt+gzip")]
    [InlineData("whole-body.eml", FileName)]
    [InlineData("untyped-body.eml", "text/plain")]
    [InlineData("broken-base64.eml", FileName)]
    [InlineData("crlf.eml", FileName)]
    [InlineData("forwarded.eml", FileName)]
    public void Report_is_found_in_its_part(string file, string part)
    {
        var found = Assert.IsType<IntakeResult.Found>(Assert.Single(IntakeSamples.Read(file)));
        Assert.Contains("2026-01-01.example.net@sender.example", found.TextOf());
        Assert.Equal(part, found.Origin.Part);
        Assert.Null(found.Origin.Message);
    }

    [Fact]
    public void Zip_in_a_mail_gives_the_name_of_the_entry()
    {
        var found = Assert.IsType<IntakeResult.Found>(Assert.Single(IntakeSamples.Read("zip-type.eml")));
        Assert.Equal("sender.example!example.net!1767225600!1767311999!1.zip", found.Origin.Part);
        Assert.EndsWith(".json", found.Origin.FileName);
    }

    [Theory, Rfc(8460, "5.3")]
    [InlineData("gzip.eml")]
    [InlineData("forwarded.eml")]
    public void Header_of_the_report_mail_is_kept(string file)
    {
        var found = Assert.IsType<IntakeResult.Found>(Assert.Single(IntakeSamples.Read(file)));
        ReportMail mail = found.Origin.Mail!;
        Assert.Equal("tls-reports@sender.example", mail.From);
        Assert.Equal(["sender.example"], mail.DkimDomains);
        Assert.Equal("example.net", mail.TlsReportDomain);
        Assert.Equal("sender.example", mail.TlsReportSubmitter);
        Assert.StartsWith("Report Domain: example.net Submitter: sender.example", mail.Subject);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero), mail.Date);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("no header here at all\r\n\r\nand a body\r\n")]
    [InlineData("Subject\r\n: x\r\n")]
    public void What_is_no_mail_is_told_in_one_sentence(string text)
    {
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(MailReports.In(new ReportOrigin("x"), Encoding.ASCII.GetBytes(text))));

        Assert.Equal("is not a mail that can be read: Failed to parse message headers", failed.Reason);
    }

    [Fact]
    public void Several_reports_in_one_mail_are_all_found()
    {
        List<IntakeResult> results = IntakeSamples.Read("two-reports.eml");
        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.IsType<IntakeResult.Found>(result));
    }

    [Fact]
    public void Mail_without_a_report_says_what_it_holds_instead()
    {
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.Read("letter.eml")));
        Assert.Equal("is a mail without a TLS report: its parts are text/plain, image/png (map.png)", failed.Reason);
    }

    [Fact]
    public void Part_that_says_it_is_a_report_and_holds_something_else_is_told_of_as_if_it_came_by_itself()
    {
        var whole = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput("all is well")));
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput(MultipartHeader + "--b\nContent-Type: application/tlsrpt+json\n\nall is well\n--b--\n")));
        Assert.Equal((whole.Reason, "application/tlsrpt+json"), (failed.Reason, failed.Origin.Part));
    }

    [Fact]
    public void Mail_with_too_many_parts_is_read_no_further()
    {
        string mail = MultipartHeader + string.Concat(Enumerable.Repeat("--b\n\nx\n", 100_000));
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput(mail)));
        Assert.Equal("has more than 100 parts", failed.Reason);
    }

    [Fact]
    public void Report_before_the_limit_of_parts_is_kept()
    {
        string mail = MultipartHeader
            + "--b\nContent-Type: application/tlsrpt+json\n\n{\"report-id\":\"1\"}\n"
            + string.Concat(Enumerable.Repeat("--b\n\nx\n", 1000));
        List<IntakeResult> results = IntakeSamples.ReadInput(mail);
        Assert.IsType<IntakeResult.Found>(results[0]);
        Assert.IsType<IntakeResult.Failed>(results[1]);
    }

    [Theory]
    [InlineData("a:\n")]
    [InlineData("Subject: =?utf-8?q?a?=\n =?utf-8?q?a?=\n")]
    [InlineData("Content-Type: text/plain; x*0*=a;\n x*1*=b\n")]
    public void Header_without_end_is_refused(string repeated)
    {
        string mail = "From: a@example.com\n" + Filled(repeated, MailLimits.Bytes - 100) + "\ntext\n";
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput(mail)));
        Assert.Contains("has a header of more than", failed.Reason);
    }

    [Fact]
    public void Header_field_without_end_is_refused()
    {
        string mail = "From: a@example.com\nSubject: x\n" + Filled(" =?utf-8?q?a?=\n", 10_000_000) + "\ntext\n";
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput(mail)));
        Assert.Contains("has a header of more than", failed.Reason);
    }

    [Theory]
    [InlineData("Content-Type: message/rfc822\n\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n")]
    public void Mails_and_parts_may_be_nested_without_end(string level)
    {
        string mail = "From: a@example.com\n" + Filled(level, 3_000_000);
        Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput(mail)));
    }

    [Fact]
    public void Too_large_a_mail_is_refused()
    {
        string mail = "From: a@example.com\nTo: b@example.com\n\n" + new string('x', MailLimits.Bytes);
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadInput(mail)));
        Assert.Contains("is larger than 15000000 bytes", failed.Reason);
    }

    [Fact]
    public void Mail_cut_anywhere_is_read_without_an_exception()
    {
        byte[] mail = TestData.Bytes("intake/forwarded.eml");
        for (int length = 0; length < mail.Length; length++)
            Assert.NotEmpty(IntakeSamples.ReadInput(mail[..length]));
    }

    private const string MultipartHeader =
        "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";

    private static string Filled(string repeated, int length)
    {
        StringBuilder text = new(length + repeated.Length);
        while (text.Length < length)
            text.Append(repeated);
        return text.ToString();
    }
}
