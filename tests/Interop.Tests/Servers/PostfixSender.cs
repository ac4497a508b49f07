using Interop.Tests.Network;

namespace Interop.Tests.Servers;

/// <summary>Postfix as a sending MTA that demands TLS of the laboratory's MX hosts. It tries once and returns what it cannot deliver.</summary>
/// <param name="folder">Where it lives.</param>
/// <param name="rootFile">The issuer that it trusts.</param>
internal sealed class PostfixSender(RunFolder folder, string rootFile)
{
    public const int Port = 2526;
    public const string Author = "author@sender.test";
    private const string Nobody = "65534";

    public string Log => folder.File("sender/log");

    /// <summary>The bounces that it has returned so far.</summary>
    public string[] Bounces => Directory.Exists(Inbox) ? Directory.GetFiles(Inbox) : [];

    private string Inbox => folder.File("sender/mail/author/new");

    public async Task<Server> StartAsync(Namespaces namespaces, CancellationToken cancellationToken)
    {
        string configuration = folder.Folder("sender");
        string resolver = folder.File("sender/resolv.conf");
        await File.WriteAllTextAsync(resolver, $"nameserver {Addresses.Resolver}\noptions edns0 trust-ad\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(configuration, "main.cf"), $$"""
            compatibility_level = 3.6
            queue_directory = {{folder.Folder("sender/queue")}}
            data_directory = {{folder.Folder("sender/data")}}
            maillog_file = {{Log}}
            maillog_file_prefixes = {{folder.Path}}
            myhostname = mail.sender.test
            mydestination =
            inet_interfaces = 127.0.0.1
            mynetworks = 127.0.0.0/8
            inet_protocols = ipv4
            smtpd_peername_lookup = no
            alias_maps =
            alias_database =
            maximal_queue_lifetime = 0
            virtual_mailbox_domains = sender.test
            virtual_mailbox_maps = static:author/
            virtual_mailbox_base = {{folder.Folder("sender/mail")}}
            virtual_minimum_uid = 1
            virtual_uid_maps = static:{{Nobody}}
            virtual_gid_maps = static:{{Nobody}}
            smtp_dns_support_level = dnssec
            smtp_tls_security_level = dane
            smtp_tls_CAfile = {{rootFile}}
            smtp_tls_loglevel = 1
            smtp_tls_policy_maps = inline:{ { other-name.test = secure match=hostname }, { no-starttls.test = encrypt } }

            """, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(configuration, "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            smtp unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            proxymap unix - - n - - proxymap
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """, cancellationToken);
        await CommandLine.RunAsync(["chown", "postfix", folder.File("sender/data")], cancellationToken);
        await CommandLine.RunAsync(["chown", Nobody, folder.File("sender/mail")], cancellationToken);

        // The resolver of the laboratory is this server's alone.
        return Server.Start("postfix-sender", namespaces, "unshare", "--mount", "sh", "-c", $"mount --bind '{resolver}' /etc/resolv.conf && exec postfix -c '{configuration}' start-fg");
    }
}
