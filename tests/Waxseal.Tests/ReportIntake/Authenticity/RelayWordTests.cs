using System.Text;
using Waxseal.Lab.Signing;
using Waxseal.ReportIntake.Authenticity;
using Waxseal.Storage.Reports;

namespace Waxseal.Tests.ReportIntake.Authenticity;

public sealed class RelayWordTests : IAsyncLifetime
{
    private const string Ours = "Received: from a.test (by other.test [192.0.2.1])\r\n by mx.our.test (Postfix) with ESMTPS id 1; Fri, 2 Jan 2026 03:00:00 +0000\r\n";
    private const string Theirs = "Received: from b.test by mx.their.test with ESMTP; Fri, 2 Jan 2026 03:00:00 +0000\r\n";
    private const string Pass = "Authentication-Results: mx.our.test; spf=fail smtp.mailfrom=x.test;\r\n dkim=pass (2048-bit key) header.d=sender.test header.i=@sender.test\r\n";
    private const string Fail = "Authentication-Results: mx.our.test; dkim=fail header.d=sender.test\r\n";

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    private readonly KeyServer _dns = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _dns.DisposeAsync();

    [Theory, Rfc(8601, "5")]
    [InlineData(Pass)]
    [InlineData(Ours + Pass)]
    [InlineData(Ours + Pass + Theirs)]
    [InlineData("Return-Path: <x@sender.test>\r\nReceived: by imap.our.test; today\r\n" + Pass + Ours + Theirs)]
    [InlineData("Authentication-Results: mx.our.test; spf=pass\r\n" + Pass)]
    [InlineData("Authentication-Results: MX.our.test 1; dkim=fail header.d=x.test; dkim=pass header.i=a@mail.sender.test\r\n")]
    public async Task Word_of_our_host_counts(string above)
    {
        SenderVerdict verdict = await ProveAsync(above + SenderProofTests.Report());
        Assert.Equal((Trust.Relayed, "sender.test"), (verdict.Trust, verdict.Submitter));
        Assert.StartsWith("mx.our.test says that DKIM of ", verdict.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, Rfc(8601, "5")]
    [InlineData("")]
    [InlineData(Theirs + Pass)]
    [InlineData(Ours + Theirs + Pass)]
    [InlineData(Fail + Pass)]
    [InlineData(Ours + Fail + Pass)]
    [InlineData("Authentication-Results: mx.our.test; spf=pass\r\nX-Other: x\r\n" + Pass)]
    [InlineData("Authentication-Results: mx.their.test; dkim=pass header.d=sender.test\r\n" + Pass)]
    [InlineData("Authentication-Results: mx.our.test; dkim=pass header.d=other.test\r\n")]
    [InlineData("Authentication-Results: mx.our.test; dkim=none\r\n")]
    [InlineData("Authentication-Results: mx.our.test; spf=pass header.d=sender.test\r\n")]
    [InlineData("Authentication-Results: dkim=pass header.d=sender.test\r\n")]
    [InlineData("ARC-Authentication-Results: i=1; mx.our.test; dkim=pass header.d=sender.test\r\n")]
    [InlineData("Received: from x (by mx.our.test) by mx.their.test; today\r\n" + Pass)]
    [InlineData("Received: from by mx.our.test by mx.their.test; (by mx.our.test\r\n" + Theirs + Pass)]
    public async Task Word_of_others_does_not_count(string above) =>
        Assert.Equal(Trust.Unverified, (await ProveAsync(above + SenderProofTests.Report())).Trust);

    [Fact]
    public async Task Stranger_who_hands_the_mail_over_cannot_speak_for_our_host()
    {
        byte[] mail = Encoding.UTF8.GetBytes(Pass + SenderProofTests.Report());
        Assert.Equal(Trust.Unverified, (await Proof.ProveAsync(mail, Now, heedsRelays: false, TestContext.Current.CancellationToken)).Trust);
    }

    [Fact]
    public async Task Signature_that_was_broken_behind_our_host_is_made_good_by_its_word()
    {
        using var signer = MailSigner.WithRsa();
        _dns.Publish("sender.test", $"p={signer.PublicKey}");
        string mail = signer.Sign(SenderProofTests.Report(), "sender.test", Now).Replace("A  report.", "External mail! A report.", StringComparison.Ordinal);
        Assert.Equal(Trust.Failed, (await ProveAsync(mail)).Trust);
        Assert.Equal(Trust.Relayed, (await ProveAsync(Pass + mail)).Trust);
    }

    private SenderProof Proof => new(_dns.Resolver, ["mx.our.test", "imap.our.test"], new FixedClock(Now));

    private Task<SenderVerdict> ProveAsync(string mail) => Proof.ProveAsync(Encoding.UTF8.GetBytes(mail), Now, heedsRelays: true, TestContext.Current.CancellationToken);
}
