using System.Diagnostics;
using System.Globalization;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>Mails sent by swaks, a client that is not ours.</summary>
public class SwaksTests
{
    private static readonly string? Program = Environment.GetEnvironmentVariable("PATH")?.Split(':').Select(folder => Path.Combine(folder, "swaks")).FirstOrDefault(File.Exists);

    [Fact]
    public async Task Swaks_delivers_by_SMTP()
    {
        Assert.SkipWhen(Program is null, "swaks is not installed");
        await using MailLab lab = await MailLab.StartAsync();

        (int code, string transcript) = await RunAsync(lab, MailLab.Mail(1), "--server", "127.0.0.1", "--port", Port(lab));

        Assert.True(code == 0, transcript);
        Assert.Contains("250 2.6.0", transcript, StringComparison.Ordinal);
        Assert.Single(await lab.StoredAsync());
    }

    [Fact]
    public async Task Swaks_delivers_within_TLS_and_in_a_pipeline()
    {
        Assert.SkipWhen(Program is null, "swaks is not installed");
        Assert.SkipUnless(await HasTlsAsync(), "swaks has no TLS here");
        using Pem pem = new("mx.example.test");
        await using MailLab lab = await MailLab.StartAsync(pem.Settings);

        (int code, string transcript) = await RunAsync(lab, MailLab.Mail(2), "--server", "127.0.0.1", "--port", Port(lab), "-tls", "--pipeline");

        Assert.True(code == 0, transcript);
        Assert.Single(await lab.StoredAsync());
    }

    [Fact]
    public async Task Swaks_delivers_by_LMTP_over_a_unix_socket()
    {
        Assert.SkipWhen(Program is null, "swaks is not installed");
        await using MailLab lab = await MailLab.StartAsync();

        (int code, string transcript) = await RunAsync(lab, MailLab.Mail(3), "--protocol", "LMTP", "--socket", lab.LmtpPath);

        Assert.True(code == 0, transcript);
        Assert.Single(await lab.StoredAsync());
    }

    [Fact]
    public async Task Swaks_is_told_when_there_is_no_report()
    {
        Assert.SkipWhen(Program is null, "swaks is not installed");
        await using MailLab lab = await MailLab.StartAsync();

        (int code, string transcript) = await RunAsync(lab, "Subject: x\r\n\r\nhello\r\n", "--server", "127.0.0.1", "--port", Port(lab));

        Assert.NotEqual(0, code);
        Assert.Contains("554 5.6.0 It is a mail without a TLS report", transcript, StringComparison.Ordinal);
    }

    private static string Port(MailLab lab) => lab.Smtp.Port.ToString(CultureInfo.InvariantCulture);

    private static async Task<bool> HasTlsAsync()
    {
        using Process process = Process.Start(new ProcessStartInfo(Program!, ["--support"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string support = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return support.Contains("TLS supported", StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Transcript)> RunAsync(MailLab lab, string mail, params string[] arguments)
    {
        string file = Path.Combine(lab.Folder, "mail");
        await File.WriteAllTextAsync(file, mail, TestContext.Current.CancellationToken);
        ProcessStartInfo start = new(Program!, [.. arguments, "--ehlo", "client.test", "--from", "<>", "--to", MailLab.Recipient, "--data", $"@{file}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
