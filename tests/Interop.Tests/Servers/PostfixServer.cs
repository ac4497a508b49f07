using System.Text;
using Interop.Tests.Network;

namespace Interop.Tests.Servers;

/// <summary>Postfix: the mail server of all MX hosts. It takes sessions at several addresses and never gets a message.</summary>
internal sealed class PostfixServer(RunFolder folder)
{
    private readonly StringBuilder _services = new();
    private readonly List<string> _addresses = [];

    public IEnumerable<string> Listening => _addresses.Select(address => Addresses.WithPort(address, 25));

    /// <summary>Adds an MX host.</summary>
    /// <param name="name">The name it greets with.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="chains">Files of keys and certificates; without any it does not offer STARTTLS.</param>
    public void Add(string name, string address, params string[] chains)
    {
        _addresses.Add(address);
        _services.Append(
            $"{Addresses.WithPort(address, 25)} inet n - n - - smtpd\n"
            + $"  -o smtpd_banner={name}\n  -o smtpd_tls_security_level={(chains.Length == 0 ? "none" : "may")}\n"
            + (chains.Length == 0 ? "" : $"  -o smtpd_tls_chain_files={string.Join(',', chains)}\n"));
    }

    public async Task<Server> StartAsync(Namespaces namespaces, CancellationToken cancellationToken)
    {
        string configuration = folder.Folder("postfix");
        await File.WriteAllTextAsync(Path.Combine(configuration, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {folder.Folder("postfix/queue")}
            data_directory = {folder.Folder("postfix/data")}
            maillog_file = {folder.File("postfix/log")}
            maillog_file_prefixes = {folder.Path}
            myhostname = mx.example.test
            mydestination =
            local_recipient_maps =
            inet_protocols = all
            smtpd_peername_lookup = no
            alias_maps =
            alias_database =

            """, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(configuration, "master.cf"), $"""
            {_services}anvil unix - - n - 1 anvil
            tlsmgr unix - - n 1000? 1 tlsmgr
            postlog unix-dgram n - n - 1 postlogd
            cleanup unix n - n - 0 cleanup
            rewrite unix - - n - - trivial-rewrite

            """, cancellationToken);

        // Postfix refuses a data directory that belongs to others.
        await CommandLine.RunAsync(["chown", "postfix", folder.File("postfix/data")], cancellationToken);
        return Server.Start("postfix", namespaces, "postfix", "-c", configuration, "start-fg");
    }
}
