using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt.Delivery;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt.Delivery;

public class ReportSubjectTests
{
    private static readonly DomainName PolicyDomain = Name("example.net");
    private static readonly DomainName Submitter = Name("mail.sender.example.com");

    [Theory, Rfc(8460, "5.3")]
    [InlineData("Report Domain: example.net Submitter: mail.sender.example.com Report-ID: <735ff.e317+bf22029@example.net>")]
    [InlineData("Report Domain: example.net\r\n\tSubmitter: mail.sender.example.com\r\n  Report-ID: <735ff.e317+bf22029@example.net>")]
    [InlineData("Report Domain: example.net Submitter: mail.sender.example.com Report-ID: <735ff.e317+bf22029@example.net> (a comment)")]
    public void A_subject_may_be_folded_between_its_words(string text)
    {
        Assert.True(ReportSubject.TryParse(text, out ReportSubject? subject));

        Assert.Equal(PolicyDomain, subject.PolicyDomain);
        Assert.Equal(Submitter, subject.Submitter);
        Assert.Equal("735ff.e317+bf22029@example.net", subject.ReportId);
        Assert.True(subject.Conforms);
    }

    [Theory, Rfc(8460, "5.3")]
    [InlineData("133141592653589793+example.net", "133141592653589793+example.net")]
    [InlineData("133141592653589793+", "133141592653589793+")]
    [InlineData("<1700000000_4711>", "1700000000_4711")]
    [InlineData("<2024-09-03T00:00:00Z_idx1_example.net@mail.sender.example.com>", "2024-09-03T00:00:00Z_idx1_example.net@mail.sender.example.com")]
    public void An_id_as_known_senders_write_it_is_taken_and_noted(string id, string expected)
    {
        Assert.True(ReportSubject.TryParse(
            $"Report Domain: example.net Submitter: mail.sender.example.com Report-ID: {id}", out ReportSubject? subject));

        Assert.Equal(expected, subject.ReportId);
        Assert.False(subject.Conforms);
    }

    [Theory, Rfc(8460, "5.3")]
    [InlineData("")]
    [InlineData("Re: your report")]
    [InlineData("report domain: example.net submitter: mail.sender.example.com report-id: <a@b>")]
    [InlineData("Report Domain: example.net Submitter: mail.sender.example.com Report-ID:")]
    [InlineData("Report Domain: example.net Submitter: mail.sender.example.com Report-ID: <a@b> more")]
    [InlineData("Report Domain: example.net Submitter: mail.sender.example.com Report-ID: <a@b")]
    [InlineData("Report Domain: ../etc Submitter: mail.sender.example.com Report-ID: <a@b>")]
    [InlineData("Report Domain: example.net Submitter: Example Inc. Report-ID: <a@b>")]
    [InlineData("Report Domain: Submitter: mail.sender.example.com Report-ID: <a@b>")]
    public void Another_subject_is_refused(string text) => Assert.False(ReportSubject.TryParse(text, out _));

    [Fact]
    public void A_subject_of_any_length_is_answered() =>
        Assert.False(ReportSubject.TryParse("Report Domain: " + new string('a', 1_000_000), out _));

    [Theory, Rfc(8460, "5.3")]
    [InlineData("5065427c-23d3-47ca-b6e0-946ea0e8c4be", "5065427c-23d3-47ca-b6e0-946ea0e8c4be@mail.sender.example.com")]
    [InlineData("735ff.e317@reports.example.com", "735ff.e317@reports.example.com")]
    [InlineData("2016-04-01T00:00:00Z_example.net", "2016-04-01T00-00-00Z_example.net@mail.sender.example.com")]
    [InlineData("a@b@c", "a-b@c")]
    [InlineData(".a..b.", "-a.-b-@mail.sender.example.com")]
    [InlineData("a b\r\nBcc: <x>", "a-b--Bcc---x-@mail.sender.example.com")]
    [InlineData("ä", "-@mail.sender.example.com")]
    [InlineData("", "-@mail.sender.example.com")]
    public void The_id_of_a_built_subject_is_derived_from_the_report(string reportId, string expected)
    {
        var subject = ReportSubject.For(PolicyDomain, Submitter, reportId);

        Assert.Equal($"Report Domain: example.net Submitter: mail.sender.example.com Report-ID: <{expected}>", subject.ToString());
        Assert.True(ReportSubject.TryParse(subject.ToString(), out ReportSubject? read));
        Assert.Equal(subject, read);
    }

    [Fact, Rfc(5322, "2.1.1")]
    public void A_built_subject_fits_on_one_line()
    {
        string label = new('a', DomainName.MaxLabelLength);
        DomainName longest = Name($"{label}.{label}.{label}.{label[..61]}");

        string text = ReportSubject.For(longest, longest, new string('x', 5000) + "@" + new string('y', 5000)).ToString();

        Assert.True("Subject: ".Length + text.Length <= 998);
    }

    private static DomainName Name(string text) =>
        DomainName.TryParse(text, out DomainName? name, out _) ? name : throw new ArgumentException(text);
}
