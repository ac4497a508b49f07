using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Waxseal.Hosting.Sending;
using Waxseal.Storage.Alerts;
using Waxseal.Terminal;

namespace Waxseal.Alerts.Routes;

/// <summary>Sends mail by way of a server that takes it for submission (RFC 6409).</summary>
internal sealed class Submission(SubmissionOptions options, RouteDialer dialer) : IRoute
{
    private const int MostWords = 200;

    public string Name => options.Name;

    public string Place => $"mail to {string.Join(", ", options.To)} by {options.Host}:{options.ConnectPort}";

    public bool Takes(AlertKey key) => options.Takes(key);

    public async Task<SendAnswer> SendAsync(Notice notice, CancellationToken cancellationToken)
    {
        try
        {
            using MimeMessage mail = NoticeMail.Of(notice, options);
            using SubmissionClient client = new(options.CaFile);
            System.Net.Sockets.Socket socket = await dialer.ConnectAsync(options.Host, options.ConnectPort, cancellationToken);
            await client.ConnectAsync(socket, options.Host, options.ConnectPort, options.Tls switch
            {
                "implicit" => SecureSocketOptions.SslOnConnect,
                "starttls" => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            }, cancellationToken);
            if (options.User.Length > 0)
                await client.AuthenticateAsync(options.User, options.Password!.Reveal(), cancellationToken);
            string answer = await client.SendAsync(mail, cancellationToken);

            // The mail is taken; how the session ends changes nothing.
            await client.DisconnectAsync(false, CancellationToken.None);
            return new(true, Brief.Line($"250 {answer}", MostWords));
        }
        catch (Exception fault) when (fault is CommandException or ProtocolException or IOException or AuthenticationException or SslHandshakeException
            or ServiceNotAuthenticatedException or ServiceNotConnectedException or NotSupportedException)
        {
            return new(false, Brief.Line(WordsOf(fault), MostWords));
        }
    }

    // MailKit writes several lines about the causes there may be; the first says what it was.
    private static string WordsOf(Exception fault) => fault switch
    {
        SmtpCommandException refused => $"{(int)refused.StatusCode} {refused.Message}",
        SslHandshakeException { InnerException: { } inner } => $"TLS: {inner.Message}",
        NotSupportedException => $"the server offers no STARTTLS or no way to log in: {fault.Message}",
        _ => fault.Message.Split('\n')[0],
    };
}
