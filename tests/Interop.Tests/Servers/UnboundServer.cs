using Interop.Tests.Network;

namespace Interop.Tests.Servers;

/// <summary>Unbound: a resolver that asks the laboratory's own root.</summary>
/// <param name="name">What its files are called.</param>
/// <param name="folder">Where they lie.</param>
/// <param name="address">Where it listens.</param>
/// <param name="modules">The modules a question goes through; without <c>validator</c> it validates nothing.</param>
internal sealed class UnboundServer(string name, RunFolder folder, string address, string modules)
{
    public Server Start(Namespaces namespaces, string rootHints, string anchors)
    {
        string configuration = folder.File($"{name}.conf");
        File.WriteAllText(configuration, $"""
            server:
                interface: {address}
                access-control: {Addresses.Network4} allow
                directory: "{folder.Path}"
                chroot: ""
                username: ""
                pidfile: ""
                use-syslog: no
                log-time-ascii: yes
                module-config: "{modules}"
                root-hints: "{rootHints}"
                trust-anchor-file: "{anchors}"
                trust-anchor-signaling: no
                ede: yes
                # Unbound denies everything below "test" unless told otherwise (RFC 6761 §6.2).
                local-zone: "test." nodefault
            remote-control:
                control-enable: no

            """);

        // Debian's AppArmor profile lets the program, where it is installed, read nothing but its own folders.
        string program = folder.File("unbound");
        if (!File.Exists(program))
            File.Copy(Prerequisites.PathOf("unbound")!, program);
        return Server.Start(name, namespaces, program, "-d", "-p", "-c", configuration);
    }
}
