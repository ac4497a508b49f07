using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Waxseal.Lab.Signing;
using Waxseal.ReportIntake.Authenticity;
using Waxseal.Storage.Reports;

namespace Waxseal.Tests.ReportIntake.Authenticity;

public sealed class SenderProofTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    private static readonly MailSigner Signer = MailSigner.WithRsa();

    private readonly KeyServer _dns = new();

    private static string Key => $"v=DKIM1; k=rsa; p={Signer.PublicKey}";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _dns.DisposeAsync();

    [Theory, Rfc(8460, "3")]
    [InlineData("")]
    [InlineData("s=tlsrpt; ")]
    [InlineData("s=*; ")]
    [InlineData("s = email : tlsrpt ; ")]
    [InlineData("h=sha1:sha256; n=note; x=unknown; ")]
    public async Task Signature_of_the_submitter_holds(string tags)
    {
        _dns.Publish("sender.test", $"v=DKIM1; {tags}p={Signer.PublicKey}");
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now));
        Assert.Equal(new(Trust.Verified, "DKIM of sender.test holds (selector sel)", "sender.test"), verdict);
    }

    [Theory, Rfc(6376, "3.4")]
    [InlineData(DkimCanonicalizationAlgorithm.Simple, DkimCanonicalizationAlgorithm.Simple)]
    [InlineData(DkimCanonicalizationAlgorithm.Simple, DkimCanonicalizationAlgorithm.Relaxed)]
    [InlineData(DkimCanonicalizationAlgorithm.Relaxed, DkimCanonicalizationAlgorithm.Simple)]
    [InlineData(DkimCanonicalizationAlgorithm.Relaxed, DkimCanonicalizationAlgorithm.Relaxed)]
    public async Task Signature_of_another_signer_holds_in_every_form(DkimCanonicalizationAlgorithm header, DkimCanonicalizationAlgorithm body)
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        using MemoryStream pem = new(Encoding.ASCII.GetBytes(rsa.ExportRSAPrivateKeyPem()));
        DkimSigner signer = new(pem, "sender.test", "sel") { HeaderCanonicalizationAlgorithm = header, BodyCanonicalizationAlgorithm = body, SignatureAlgorithm = DkimSignatureAlgorithm.RsaSha256 };
        using MemoryStream plain = new(Encoding.UTF8.GetBytes(Report()));
        using MimeMessage message = await MimeMessage.LoadAsync(plain, Token);
        signer.Sign(message, [HeaderId.From, HeaderId.Subject, HeaderId.ContentType]);
        using MemoryStream signed = new();
        await message.WriteToAsync(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, signed, Token);

        _dns.Publish("sender.test", $"p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}");
        SenderVerdict verdict = await new SenderProof(_dns.Resolver, [], TimeProvider.System).ProveAsync(signed.ToArray(), null, false, Token);
        Assert.Equal(Trust.Verified, verdict.Trust);
    }

    [Theory, Rfc(8463, "3")]
    [InlineData("brisbane", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")]
    [InlineData("test", "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB")]
    public async Task Example_of_the_standard_holds_by_either_key(string selector, string record)
    {
        Waxseal.Lab.LabZone zone = new("com");
        byte[] text = Encoding.ASCII.GetBytes(record);
        zone.Add($"{selector}._domainkey.football.example.com", Waxseal.Net.Dns.DnsType.Txt, [.. text.Chunk(200).SelectMany(piece => piece.Prepend((byte)piece.Length))]);
        _dns.Lab.Fault = query => new Waxseal.Lab.LabResolver([new Waxseal.Lab.LabZone("."), zone]).Answer(query);
        SenderVerdict verdict = await new SenderProof(_dns.Resolver, [], TimeProvider.System).ProveAsync(TestData.Bytes("dkim/rfc8463.eml"), null, false, Token);
        Assert.Equal(new(Trust.Verified, $"DKIM of football.example.com holds (selector {selector})", "example.com"), verdict);
    }

    [Fact, Rfc(8463, "3")]
    public async Task Ed25519_holds()
    {
        using var signer = MailSigner.WithEd25519();
        _dns.Publish("sender.test", $"v=DKIM1; k=ed25519; p={signer.PublicKey}");
        Assert.Equal(Trust.Verified, (await ProveAsync(signer.Sign(Report(), "sender.test", Now))).Trust);
    }

    [Theory, Rfc(6376, "6.1.3")]
    [InlineData("{\"report-id\"", "{\"report-iD\"", "the body of the mail was changed on its way")]
    [InlineData("Report Domain", "Report domain", "the header of the mail was changed on its way, or the signature is forged")]
    [InlineData("application/tlsrpt+json\r\n\r\n", "application/tlsrpt+json\r\n\r\nmore\r\n", "the body of the mail was changed on its way")]
    public async Task What_was_changed_does_not_hold(string was, string isNow, string reason)
    {
        _dns.Publish("sender.test", Key);
        string mail = Signer.Sign(Report(), "sender.test", Now);
        SenderVerdict verdict = await ProveAsync(mail.Replace(was, isNow, StringComparison.Ordinal));
        Assert.Equal(new(Trust.Failed, $"DKIM of sender.test (selector sel) does not hold: {reason}", "sender.test"), verdict);
    }

    [Fact]
    public async Task Changed_body_is_known_without_asking_DNS()
    {
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now) + "more\r\n");
        Assert.Equal((Trust.Failed, 0), (verdict.Trust, _dns.Questions));
    }

    [Theory, Rfc(6376, "3.5"), Rfc(8460, "3"), Rfc(8301, "3.1")]
    [InlineData("l=10; ", "it covers but a part of the body (l=), which no report may")]
    [InlineData("i=@other.test; ", "i= is of another domain than d=")]
    [InlineData("q=http; ", "its form or its way to the key is unknown")]
    [InlineData("x=tomorrow; ", "a time in it is malformed")]
    public async Task Tags_that_no_report_may_have_break_it(string tags, string reason)
    {
        _dns.Publish("sender.test", Key);
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now, extra: tags));
        Assert.Equal(Trust.Failed, verdict.Trust);
        Assert.EndsWith($"does not hold: {reason}", verdict.Reason);
    }

    [Theory, Rfc(8301, "3.1")]
    [InlineData("rsa-sha1", "rsa-sha1 proves nothing any more")]
    [InlineData("ed25519-sha256", "the key is of another kind than the signature")]
    [InlineData("gost", "its algorithm is unknown")]
    public async Task Other_algorithms_do_not_count(string algorithm, string reason)
    {
        _dns.Publish("sender.test", Key);
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now, algorithm: algorithm));
        Assert.Equal(Trust.Failed, verdict.Trust);
        Assert.EndsWith(reason, verdict.Reason);
    }

    [Fact, Rfc(6376, "5.4")]
    public async Task From_must_be_signed()
    {
        _dns.Publish("sender.test", Key);
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now, fields: "to:subject"));
        Assert.Equal((Trust.Failed, true), (verdict.Trust, verdict.Reason.EndsWith("it does not cover the From field", StringComparison.Ordinal)));
    }

    [Theory, Rfc(6376, "3.5")]
    [InlineData(-10, null, nameof(Trust.Unverified))]
    [InlineData(-10, -60, nameof(Trust.Verified))]
    [InlineData(-10, 0, nameof(Trust.Failed))]
    [InlineData(-4, 0, nameof(Trust.Verified))]
    [InlineData(10, 0, nameof(Trust.Verified))]
    public async Task End_of_a_signature_is_held_against_the_time_of_receipt(int endsIn, int? receivedIn, string trust)
    {
        _dns.Publish("sender.test", Key);
        string end = $"x={Now.AddMinutes(endsIn).ToUnixTimeSeconds()}; ";
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now.AddHours(-2), extra: end), receivedIn is { } minutes ? Now.AddMinutes(minutes) : null);
        Assert.Equal(trust, verdict.Trust.ToString());
    }

    [Theory, Rfc(6376, "3.5")]
    [InlineData(4, nameof(Trust.Verified))]
    [InlineData(6, nameof(Trust.Failed))]
    public async Task Signature_of_the_future_is_refused(int minutes, string trust)
    {
        _dns.Publish("sender.test", Key);
        Assert.Equal(trust, (await ProveAsync(Signer.Sign(Report(), "sender.test", Now.AddMinutes(minutes)))).Trust.ToString());
    }

    [Theory, Rfc(6376, "3.6.1")]
    [InlineData("v=DKIM1; s=email; p=KEY", nameof(Trust.Unverified), "the key is not for TLS reports (s=email)")]
    [InlineData("v=DKIM1; s=foo; p=KEY", nameof(Trust.Unverified), "the key is not for TLS reports (s=foo)")]
    [InlineData("v=DKIM1; t=y; p=KEY", nameof(Trust.Unverified), "the domain only tests the key (t=y)")]
    [InlineData("v=DKIM2; p=KEY", nameof(Trust.Unverified), "where the key should be is something else")]
    [InlineData("v=spf1 -all", nameof(Trust.Unverified), "where the key should be is something else")]
    [InlineData("v=DKIM1; p=", nameof(Trust.Failed), "the key has been revoked")]
    [InlineData("v=DKIM1; h=sha1; p=KEY", nameof(Trust.Failed), "the key is not for SHA-256 (h=)")]
    [InlineData("v=DKIM1; k=gost; p=KEY", nameof(Trust.Failed), "the kind of the key is unknown (k=)")]
    [InlineData("v=DKIM1; p=AAAA", nameof(Trust.Failed), "the key is malformed")]
    [InlineData("v=DKIM1; k=ed25519; p=AAAA", nameof(Trust.Failed), "the key is malformed")]
    [InlineData("v=DKIM1; p=!!!!", nameof(Trust.Failed), "the key is too long or malformed")]
    public async Task Key_record_may_make_it_worthless(string record, string trust, string reason)
    {
        _dns.Publish("sender.test", record.Replace("KEY", Signer.PublicKey, StringComparison.Ordinal));
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now));
        Assert.Equal(trust, verdict.Trust.ToString());
        Assert.EndsWith($": {reason}", verdict.Reason);
    }

    public static IEnumerable<TheoryDataRow<string, System.Text.Json.JsonElement, System.Text.Json.JsonElement>> ServiceCases => VectorFile.Cases("dkim-service");

    [Theory, Rfc(6376, "3.6.1"), MemberData(nameof(ServiceCases))]
    public async Task Service_types_decide_whether_a_key_counts(string name, System.Text.Json.JsonElement input, System.Text.Json.JsonElement expected)
    {
        string record = input.GetProperty("key_record").GetString()!;
        int key = record.IndexOf("p=", StringComparison.Ordinal);
        _dns.Publish("sender.test", $"{record[..key]}p={Signer.PublicKey}");
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now));
        Assert.True(verdict.Trust == (expected.GetProperty("for_tlsrpt").GetBoolean() ? Trust.Verified : Trust.Unverified), $"{name}: {verdict}");
    }

    [Fact, Rfc(8301, "3.2")]
    public async Task Short_key_does_not_count()
    {
        using var signer = MailSigner.WithRsa(512);
        _dns.Publish("sender.test", $"v=DKIM1; p={signer.PublicKey}");
        SenderVerdict verdict = await ProveAsync(signer.Sign(Report(), "sender.test", Now));
        Assert.EndsWith("the key has 512 bits, and 1024 to 4096 count", verdict.Reason);
    }

    [Theory, Rfc(6376, "3.6.1")]
    [InlineData("i=x@sub.sender.test; ", nameof(Trust.Failed))]
    [InlineData("i=x@sender.test; ", nameof(Trust.Verified))]
    public async Task Strict_key_is_not_for_sub_domains(string tags, string trust)
    {
        _dns.Publish("sender.test", $"t=s; p={Signer.PublicKey}");
        Assert.Equal(trust, (await ProveAsync(Signer.Sign(Report(), "sender.test", Now, extra: tags))).Trust.ToString());
    }

    [Fact]
    public async Task Missing_key_proves_nothing_either_way()
    {
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now));
        Assert.Equal(new(Trust.Unverified, "DKIM of sender.test (selector sel) proves nothing: the key is not published, or not any more", "sender.test"), verdict);
    }

    [Theory]
    [InlineData(true, "DNS did not give the key: no answer")]
    [InlineData(false, "DNS did not give the key: SERVFAIL")]
    public async Task Fault_of_DNS_proves_nothing_either_way(bool isSilent, string reason)
    {
        _dns.Publish("sender.test", Key);
        if (isSilent)
            _dns.Lab.Fault = _ => [];
        else
            _dns.Lab.IsBogus = _ => true;
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now));
        Assert.Equal(Trust.Unverified, verdict.Trust);
        Assert.EndsWith(reason, verdict.Reason);
    }

    [Fact]
    public async Task Key_that_does_not_fit_an_old_mail_may_have_been_replaced()
    {
        using var other = MailSigner.WithRsa();
        _dns.Publish("sender.test", $"p={other.PublicKey}");
        Assert.Equal(Trust.Failed, (await ProveAsync(Signer.Sign(Report(), "sender.test", Now))).Trust);
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "sender.test", Now.AddDays(-31)));
        Assert.Equal(Trust.Unverified, verdict.Trust);
        Assert.EndsWith("it does not fit the key, which may have been replaced since", verdict.Reason);
    }

    [Fact]
    public async Task Key_is_found_by_way_of_an_alias()
    {
        _dns.Alias("sender.test", "sel._domainkey.provider.test").Publish("provider.test", Key);
        Assert.Equal(Trust.Verified, (await ProveAsync(Signer.Sign(Report(), "sender.test", Now))).Trust);
    }

    [Theory, Rfc(8460, "5.3")]
    [InlineData("sender.test", "noreply@sender.test", "sender.test", nameof(Trust.Verified))]
    [InlineData("mail.sender.test", "noreply@other.test", "sender.test", nameof(Trust.Verified))]
    [InlineData("sender.test", "noreply@other.test", "corp.sender.test", nameof(Trust.Verified))]
    [InlineData("SENDER.test", "noreply@other.test", "sender.test", nameof(Trust.Verified))]
    [InlineData(null, "noreply@reports.sender.test", "sender.test", nameof(Trust.Verified))]
    [InlineData("The Sender", "noreply@sender.test", "sender.test", nameof(Trust.Verified))]
    [InlineData("sender.test", "noreply@sender.test", "other.test", nameof(Trust.Unverified))]
    [InlineData("sender.test", "noreply@other.test", "other.test", nameof(Trust.Unverified))]
    [InlineData("sender.test", "noreply@sender.test", "notsender.test", nameof(Trust.Unverified))]
    public async Task Signature_counts_that_is_of_the_organisation_that_submits(string? submitter, string from, string signs, string trust)
    {
        _dns.Publish(signs, Key);
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(submitter, from), signs, Now));
        Assert.Equal((trust, "sender.test"), (verdict.Trust.ToString(), verdict.Submitter));
    }

    [Fact]
    public async Task Signatures_of_others_are_named()
    {
        _dns.Publish("list.test", Key);
        SenderVerdict verdict = await ProveAsync(Signer.Sign(Report(), "list.test", Now));
        Assert.Equal("the mail has DKIM signatures of list.test, and none of sender.test, which submits it", verdict.Reason);
        Assert.Equal(0, _dns.Questions);
    }

    [Fact]
    public async Task Mail_without_signature_or_sender_is_not_proved()
    {
        Assert.Equal("the mail has no DKIM signature", (await ProveAsync(Report())).Reason);
        SenderVerdict nobody = await ProveAsync("Subject: x\r\n\r\nx\r\n");
        Assert.Equal((Trust.Unverified, null), (nobody.Trust, nobody.Submitter));
        Assert.Equal(Trust.Unverified, (await ProveAsync("")).Trust);
        Assert.Equal(Trust.Unverified, (await ProveAsync("\r\n\r\n")).Trust);
    }

    [Fact]
    public async Task One_of_two_signatures_is_enough()
    {
        using var edwards = MailSigner.WithEd25519();
        _dns.Publish("sender.test", Key).Publish("sender.test", $"k=ed25519; p={edwards.PublicKey}", "ed");
        string mail = edwards.Sign(Signer.Sign(Report(), "sender.test", Now), "sender.test", Now, "ed");
        Assert.Equal("DKIM of sender.test holds (selector ed)", (await ProveAsync(mail)).Reason);
        string broken = mail.Replace("; s=ed;", "; s=de;", StringComparison.Ordinal);
        Assert.Equal("DKIM of sender.test holds (selector sel)", (await ProveAsync(broken)).Reason);
    }

    internal static string Report(string? submitter = "sender.test", string from = "noreply@sender.test") =>
        $"From: Reports <{from}>\r\nTo: reports@example.test\r\nSubject: Report Domain: example.test\r\n  Submitter: sender.test Report-ID: <1@sender.test>\r\n"
        + "Date: Fri, 02 Jan 2026 03:00:00 +0000\r\nTLS-Report-Domain: example.test\r\n" + (submitter is null ? "" : $"TLS-Report-Submitter: {submitter}\r\n")
        + "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=tlsrpt; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: text/plain\r\n\r\nA  report. \r\n\r\n--b\r\nContent-Type: application/tlsrpt+json\r\n\r\n"
        + """
          {"report-id":"1@sender.test","organization-name":"Sender","contact-info":"a@sender.test","date-range":{"start-datetime":"2026-01-01T00:00:00Z","end-datetime":"2026-01-01T23:59:59Z"},"policies":[{"policy":{"policy-type":"no-policy-found","policy-domain":"example.test"},"summary":{"total-successful-session-count":3,"total-failure-session-count":0}}]}
          """ + "\r\n--b--\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<SenderVerdict> ProveAsync(string mail, DateTimeOffset? receivedAt = null) =>
        new SenderProof(_dns.Resolver, [], new FixedClock(Now)).ProveAsync(Encoding.UTF8.GetBytes(mail), receivedAt, false, Token);
}
