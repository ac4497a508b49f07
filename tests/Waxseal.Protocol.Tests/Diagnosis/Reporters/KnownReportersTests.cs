using Waxseal.Protocol.Diagnosis.Reporters;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Reporters;

public class KnownReportersTests
{
    public static TheoryData<string, string?, string, string> Organizations => new()
    {
        { "Google Inc.", "smtp-tls-reporting@google.com", "Google", "google" },
        { "Google LLC", null, "Google", "google" },
        { "GOOGLE INC.", null, "Google", "google" },
        { "whatever", "smtp-tls-reporting@google.com", "Google", "google" },
        { "Microsoft Corporation", "tlsrpt-noreply@microsoft.com", "Microsoft", "microsoft" },
        { "Mail.ru", "tls_support@corp.mail.ru", "Mail.ru", "mailru" },
        { "MAIL.RU Group", "<tls_support@corp.mail.ru>", "Mail.ru", "mailru" },
        { "Comcast", null, "Comcast", "comcast" },
        { "Mimecast", null, "Mimecast", "mimecast" },
        { "My Halon Cluster", null, "My Halon Cluster", "halon" },
        { "Google Fans", "fan@google.com.example", "Google Fans", "unknown" },
        { "notgoogle", "a@notgoogle.com", "notgoogle", "unknown" },
        { "Acme", "no-at-sign", "Acme", "unknown" },
        { "Acme, Inc.", null, "Acme, Inc", "unknown" },
        { "", "postmaster@acme.example", "acme.example", "unknown" },
        { " \t ", null, "a reporter without a name", "unknown" },
        { "Two\r\nlines\u2028and\0more", null, "Two lines and more", "unknown" },
    };

    [Theory, MemberData(nameof(Organizations))]
    public void A_reporter_is_known_by_organisation_or_contact(string organization, string? contact, string name, string profile)
    {
        Reporter reporter = Identify(new SampleReport(organization, contact, (_, _) => "1").On("2024-11-08").NoPolicy());

        Assert.Equal((name, profile), (reporter.Name, reporter.Profile.Id));
    }

    [Fact]
    public void A_name_without_end_is_cut() =>
        Assert.Equal(new string('x', 120) + " [...]", Identify(Named(new string('x', 8000)).On("2024-11-08").NoPolicy()).Name);

    [Theory]
    [InlineData("1730937600_11", null, "stalwart")]
    [InlineData("1730937600_11", "a@mx.example", "unknown")]
    [InlineData("1730937600_", null, "unknown")]
    [InlineData("1730937600_1x", null, "unknown")]
    [InlineData("17309376001234_1", null, "unknown")]
    [InlineData("2024-11-08_idx7_example.com", "a@mx.example", "postfix")]
    [InlineData("2024-11-08_idx", "a@mx.example", "unknown")]
    [InlineData("_idx1_example.com", "a@mx.example", "unknown")]
    [InlineData("", null, "unknown")]
    public void Software_is_known_by_the_shape_of_its_report_id(string reportId, string? contact, string profile) =>
        Assert.Equal(profile, Identify(
            new SampleReport("mx.example", contact, (_, _) => "").WithId(reportId).On("2024-11-08").NoPolicy()).Profile.Id);

    [Theory]
    [InlineData("no-policy-served", "mox")]
    [InlineData("dns-lookup+fallback-to-cached-policy", "mox")]
    [InlineData("Could not reach policy host.", "stalwart")]
    [InlineData("no idea", "unknown")]
    public void Software_is_known_by_its_reasons(string reason, string profile) =>
        Assert.Equal(profile, Identify(Named("mx.example").On("2024-11-08").Sts().Failed(1, FetchError, reason)).Profile.Id);

    [Fact]
    public void Reporters_of_one_name_are_one_although_only_some_reports_show_the_software()
    {
        Reporter failing = Identify(Mox.On("2024-11-08").Sts().Failed(1, FetchError, "no-policy-served"));
        Reporter content = Identify(Mox.On("2024-11-09").Sts(Tested).Succeeded(1));

        Assert.Equal(failing, content);
        Assert.Equal(failing.GetHashCode(), content.GetHashCode());
        Assert.NotEqual(failing.Profile, content.Profile);
    }

    private static Reporter Identify(SampleReport report) => KnownReporters.Identify(report.ToReport());
}
