using Interop.Tests.Network;

namespace Interop.Tests.Servers;

/// <summary>Postfix as the mail server of a policy domain, which passes report mails on to waxseal: by LMTP and by SMTP.</summary>
internal sealed class PostfixRelay(RunFolder folder)
{
    public const int Port = 2525;
    public const int LmtpPort = 8424;
    public const int SmtpPort = 8425;
    public const string ByLmtp = "by-lmtp@example.test";
    public const string BySmtp = "by-smtp@example.test";

    public string Log => folder.File("relay/log");

    public async Task<Server> StartAsync(Namespaces namespaces, CancellationToken cancellationToken)
    {
        string configuration = folder.Folder("relay");
        await File.WriteAllTextAsync(Path.Combine(configuration, "main.cf"), $$"""
            compatibility_level = 3.6
            queue_directory = {{folder.Folder("relay/queue")}}
            data_directory = {{folder.Folder("relay/data")}}
            maillog_file = {{Log}}
            maillog_file_prefixes = {{folder.Path}}
            myhostname = mail.example.test
            mydestination =
            relay_domains = example.test
            mynetworks = 127.0.0.0/8
            inet_protocols = ipv4
            smtpd_peername_lookup = no
            alias_maps =
            alias_database =
            transport_maps = inline:{ { {{ByLmtp}} = lmtp:inet:127.0.0.1:{{LmtpPort}} }, { {{BySmtp}} = smtp:[127.0.0.1]:{{SmtpPort}} } }

            """, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(configuration, "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            lmtp unix - - n - - lmtp
            smtp unix - - n - - smtp
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            error unix - - n - - error
            retry unix - - n - - error
            anvil unix - - n - 1 anvil
            proxymap unix - - n - - proxymap
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """, cancellationToken);
        await CommandLine.RunAsync(["chown", "postfix", folder.File("relay/data")], cancellationToken);
        return Server.Start("postfix-relay", namespaces, "postfix", "-c", configuration, "start-fg");
    }
}
