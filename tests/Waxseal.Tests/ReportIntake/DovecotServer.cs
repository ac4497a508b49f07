using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using Waxseal.Lab;

namespace Waxseal.Tests.ReportIntake;

/// <summary>A Dovecot of its own, in a folder of its own, on loopback: an IMAP server with one user.</summary>
internal sealed class DovecotServer : IAsyncDisposable
{
    public const string User = "reports";
    public const string Password = "secret word";

    private static readonly string[] Capabilities = ["IDLE", "UIDPLUS", "MOVE"];

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-dovecot-").FullName;
    private Process? _process;

    private DovecotServer()
    {
    }

    public int Port { get; } = FreePort();

    public int TlsPort { get; } = FreePort();

    public string CaFile => Path.Combine(_folder, "ca.pem");

    /// <summary>Why there is none here; null when there is.</summary>
    public static string? Absence { get; } =
        !File.Exists("/usr/sbin/dovecot") || !File.Exists("/usr/lib/dovecot/imap") ? "Dovecot is not installed (dovecot-imapd)."
        : !Environment.IsPrivilegedProcess ? "Dovecot needs root to change to the user of its parts."
        : null;

    /// <summary>Starts one.</summary>
    /// <param name="hidden">Capabilities that it does not tell of, nor takes.</param>
    public static async Task<DovecotServer> StartAsync(params string[] hidden)
    {
        Assert.SkipWhen(Absence is not null, Absence ?? "");
        DovecotServer server = new();
        await server.WriteFilesAsync(hidden);
        await server.RunAsync();
        return server;
    }

    /// <summary>A mailbox section that reads it.</summary>
    public string Section(string more = "", string tls = "none") => $"""
        [[reportIntake.mailbox]]
        host = "{(tls == "none" ? "127.0.0.1" : "localhost")}"
        port = {(tls == "implicit" ? TlsPort : Port)}
        tls = "{tls}"
        user = "{User}"
        password = "{Password}"
        every = "1s"
        {more}

        """;

    public async Task<ImapClient> ConnectAsync()
    {
        ImapClient client = new();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None, TestContext.Current.CancellationToken);
        await client.AuthenticateAsync(User, Password, TestContext.Current.CancellationToken);
        return client;
    }

    public Task DeliverAsync(string mail) => DeliverAsync(Encoding.UTF8.GetBytes(mail));

    public async Task DeliverAsync(byte[] mail)
    {
        using ImapClient client = await ConnectAsync();
        using MemoryStream stream = new(mail);
        await client.Inbox.AppendAsync(await MimeKit.MimeMessage.LoadAsync(stream, TestContext.Current.CancellationToken), cancellationToken: TestContext.Current.CancellationToken);
        await client.DisconnectAsync(true, TestContext.Current.CancellationToken);
    }

    /// <summary>How many mails are in a folder; -1 when there is no such folder.</summary>
    public async Task<int> CountAsync(string folder)
    {
        using ImapClient client = await ConnectAsync();
        try
        {
            IMailFolder found = folder == "INBOX" ? client.Inbox : await client.GetFolderAsync(folder, TestContext.Current.CancellationToken);
            await found.StatusAsync(StatusItems.Count, TestContext.Current.CancellationToken);
            return found.Count;
        }
        catch (FolderNotFoundException)
        {
            return -1;
        }
    }

    public async Task RunAsync()
    {
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/dovecot", ["-F", "-c", Path.Combine(_folder, "dovecot.conf")]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        for (int i = 0; i < 100; i++)
        {
            try
            {
                using TcpClient probe = new();
                await probe.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException) when (i < 99)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Lets it forget the numbers of its mails, so that UIDVALIDITY changes; it must not run.</summary>
    public void ForgetNumbers() => File.Delete(Path.Combine(_folder, "mail", User, "dovecot-uidlist"));

    /// <summary>Ends it and every connection.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        await DoAsync("kill", "-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WriteFilesAsync(string[] hidden)
    {
        // Its parts run as users of their own, which must be able to come here.
        await DoAsync("chmod", "755", _folder);
        string mail = Path.Combine(_folder, "mail");
        Directory.CreateDirectory(mail);
        await DoAsync("chown", "mail:mail", mail);
        await File.WriteAllTextAsync(Path.Combine(_folder, "users"), $"{User}:{{PLAIN}}{Password}::::::\n");
        await File.WriteAllTextAsync(CaFile, LabCertificates.Authority.ExportCertificatePem());
        var certificate = LabCertificates.For("localhost");
        await File.WriteAllTextAsync(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(certificate)?.ExportPkcs8PrivateKeyPem()
            ?? System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPrivateKey(certificate)!.ExportPkcs8PrivateKeyPem());
        string capabilities = hidden.Length == 0 ? "" : $"imap_capability = IMAP4rev1 LITERAL+ {string.Join(' ', Capabilities.Except(hidden))}";
        await File.WriteAllTextAsync(Path.Combine(_folder, "dovecot.conf"), $$"""
            base_dir = {{_folder}}/run
            state_dir = {{_folder}}/state
            log_path = {{_folder}}/log
            protocols = imap
            listen = 127.0.0.1
            disable_plaintext_auth = no
            ssl = yes
            ssl_cert = <{{_folder}}/cert.pem
            ssl_key = <{{_folder}}/key.pem
            mail_location = maildir:{{mail}}/%u
            mail_uid = mail
            mail_gid = mail
            first_valid_uid = 1
            first_valid_gid = 1
            {{capabilities}}
            passdb {
              driver = passwd-file
              args = {{_folder}}/users
            }
            userdb {
              driver = static
              args = home={{mail}}/%u
            }
            service imap-login {
              inet_listener imap {
                port = {{Port}}
              }
              inet_listener imaps {
                port = {{TlsPort}}
                ssl = yes
              }
            }
            """);
    }

    private static async Task DoAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
