using System.Net.Security;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using Waxseal.Hosting;

namespace Waxseal.ReportIntake.Mailbox;

/// <summary>MailKit's client, kept from making connections that nobody asked for while it judges a certificate.</summary>
internal sealed class MailboxClient(MailboxOptions options) : ImapClient
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    /// <summary>Connects, and logs in.</summary>
    /// <exception cref="AuthenticationException">The server does not take the password or token.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        CheckCertificateRevocation = false;
        Timeout = (int)Silence.TotalMilliseconds;
        await ConnectAsync(options.Host, options.ConnectPort, options.Tls switch
        {
            "implicit" => SecureSocketOptions.SslOnConnect,
            "starttls" => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        }, cancellationToken);
        if (options.Oauth2TokenFile is { } file)
        {
            string token = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
            if (token.Length == 0)
                throw new IOException($"the file of oauth2TokenFile, {file}, is empty");

            // RFC 7628 §3 is what newer servers take, XOAUTH2 what the large ones had before.
            SaslMechanism mechanism = AuthenticationMechanisms.Contains("OAUTHBEARER") ? new SaslMechanismOAuthBearer(options.User, token) : new SaslMechanismOAuth2(options.User, token);
            await AuthenticateAsync(mechanism, cancellationToken);
        }
        else
        {
            await AuthenticateAsync(options.User, options.Password!.Reveal(), cancellationToken);
        }
    }

    /// <summary>Waits until the server tells of a change, or some time has gone by.</summary>
    public async Task IdleAsync(TimeSpan longest, TimeProvider clock, CancellationToken changed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = new(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, changed);

        // The server may be silent all the while.
        Timeout = (int)(longest + Silence).TotalMilliseconds;
        await IdleAsync(either.Token, cancellationToken);
        Timeout = (int)Silence.TotalMilliseconds;
    }

    /// <summary>A folder by its path; it is made if it is not there.</summary>
    public async Task<IMailFolder> FolderAsync(string path, bool isMade, CancellationToken cancellationToken)
    {
        if (path.Equals("INBOX", StringComparison.OrdinalIgnoreCase))
            return Inbox!;

        IMailFolder folder = PersonalNamespaces.Count > 0 ? GetFolder(PersonalNamespaces[0]) : throw new FolderNotFoundException(path);
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            IMailFolder? known = (await folder.GetSubfoldersAsync(false, cancellationToken)).FirstOrDefault(child => child.Name == name);
            if (known is null && isMade)
                known = await folder.CreateAsync(name, true, cancellationToken);
            folder = known ?? throw new FolderNotFoundException(path);
        }

        return folder;
    }

    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
    {
        SslClientAuthenticationOptions tls = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
        tls.CertificateChainPolicy = ClientTrust.PolicyOf(options.CaFile);
        return tls;
    }
}
