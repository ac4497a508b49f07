using System.Diagnostics;
using System.Text;
using Waxseal.Lab.Signing;
using Waxseal.ReportIntake.Authenticity;
using Waxseal.Storage.Reports;

namespace Waxseal.Tests.ReportIntake.Authenticity;

public sealed class HostileMailTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);
    private static readonly MailSigner Signer = MailSigner.WithRsa();

    private readonly KeyServer _dns = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _dns.DisposeAsync();

    [Fact]
    public async Task Thousands_of_signatures_cost_five_look_ups()
    {
        StringBuilder mail = new();
        for (int i = 0; i < 2000 && mail.Length < 100_000; i++)
            mail.Append(Signer.Sign(SenderProofTests.Report(), "sender.test", Now, $"s{i}").Split("\r\nFrom:")[0]).Append("\r\n");
        SenderVerdict verdict = await ProveAsync(mail.Append(SenderProofTests.Report()).ToString());
        Assert.Equal(Trust.Unverified, verdict.Trust);
        Assert.Equal(5, _dns.Questions);
    }

    [Theory]
    [InlineData("X: y\r\n", "the header of the mail is longer than 131072 bytes")]
    [InlineData("DKIM-Signature: v=1; d=sender.test\r\n", "the header of the mail is longer than 131072 bytes")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", "the mail has no DKIM signature")]
    [InlineData("Content-Type: message/rfc822\r\n\r\n", "the mail has no DKIM signature")]
    public async Task Hostile_mail_costs_little(string repeated, string reason)
    {
        string mail = "From: a@sender.test\r\n" + string.Concat(Enumerable.Repeat(repeated, 10_000_000 / repeated.Length));
        var watch = Stopwatch.StartNew();
        Assert.Equal(reason, (await ProveAsync(mail)).Reason);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task Largest_mail_with_many_signatures_is_judged_in_bounded_time()
    {
        _dns.Publish("sender.test", $"p={Signer.PublicKey}");
        string mail = SenderProofTests.Report() + string.Concat(Enumerable.Repeat("a line of  text \r\n", 600_000));
        string signed = Signer.Sign(mail, "sender.test", Now);
        string signature = signed.Split("\r\nFrom:")[0];
        string other = signature.Replace("bh=", "bh=AAAA", StringComparison.Ordinal);
        var watch = Stopwatch.StartNew();
        SenderVerdict verdict = await ProveAsync(string.Concat(Enumerable.Repeat(other + "\r\n", 9)) + signed);
        Assert.Equal(Trust.Verified, verdict.Trust);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed}");
    }

    [Fact]
    public async Task Many_short_fields_are_refused()
    {
        SenderVerdict verdict = await ProveAsync("From: a@sender.test\r\n" + string.Concat(Enumerable.Repeat("a:\r\n", 10_000)) + "\r\n");
        Assert.Equal("the header of the mail has more than 1000 fields", verdict.Reason);
    }

    [Fact]
    public async Task Mail_cut_or_garbled_anywhere_is_judged_without_an_exception()
    {
        _dns.Publish("sender.test", $"p={Signer.PublicKey}");
        byte[] mail = Encoding.UTF8.GetBytes(Signer.Sign("Authentication-Results: mx.our.test; dkim=pass (ok) header.d=sender.test; spf=none\r\n" + SenderProofTests.Report(), "sender.test", Now));
        SenderProof proof = new(_dns.Resolver, ["mx.our.test"], new FixedClock(Now));
        Random random = new(1);
        for (int i = 0; i < mail.Length - 4; i += 3)
        {
            byte[] garbled = mail[..i];
            Assert.NotEqual(Trust.Verified, (await proof.ProveAsync(garbled, null, true, Token)).Trust);
            garbled = [.. mail];
            garbled[i] = (byte)random.Next(256);
            Assert.NotEmpty((await proof.ProveAsync(garbled, null, true, Token)).Reason);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<SenderVerdict> ProveAsync(string mail) =>
        new SenderProof(_dns.Resolver, [], new FixedClock(Now)).ProveAsync(Encoding.UTF8.GetBytes(mail), null, false, Token);
}
