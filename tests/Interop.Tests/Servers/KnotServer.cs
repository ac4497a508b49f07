using Interop.Tests.Network;

namespace Interop.Tests.Servers;

/// <summary>Knot DNS: an authoritative name server that signs its zones by itself.</summary>
/// <param name="name">What its files are called.</param>
/// <param name="folder">Where they lie.</param>
/// <param name="addresses">Where it listens.</param>
internal sealed class KnotServer(string name, RunFolder folder, params string[] addresses)
{
    private readonly List<string> _zones = [];

    public string Address => addresses[0];

    private string Configuration => folder.File($"{name}.conf");

    private string Storage => folder.Folder(name);

    /// <summary>A zone that it signs, with the policy <c>ecdsa</c> or <c>rsa</c>.</summary>
    public void Sign(string zone, string text, string policy = "ecdsa") => Add(zone, text, "dnssec-signing: on", $"dnssec-policy: {policy}");

    /// <summary>A zone that it serves as it is.</summary>
    public void Serve(string zone, string text) => Add(zone, text);

    /// <summary>A zone that it gets from another server, again and again.</summary>
    public void Follow(string zone) => _zones.Add(Zone(zone, ["master: primary", "acl: notify"]));

    /// <summary>Starts it, with the zones that it has so far.</summary>
    /// <param name="namespaces">Where.</param>
    /// <param name="primary">Where it gets the zones from that it follows.</param>
    /// <param name="secondary">Whom it tells of changes.</param>
    public Server Start(Namespaces namespaces, string? primary = null, string? secondary = null)
    {
        File.WriteAllText(Configuration, Settings(primary, secondary));
        return Server.Start(name, namespaces, "knotd", "-c", Configuration);
    }

    /// <summary>Makes the running server take up the zones that were added since it started.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Configuration, Settings(primary: null, secondary: null), cancellationToken);
        await CommandLine.RunAsync(["knotc", "-c", Configuration, "reload"], cancellationToken);
    }

    /// <summary>Signs a zone as of a time, once.</summary>
    public async Task<string> SignAsOfAsync(string zone, string text, DateTimeOffset time, CancellationToken cancellationToken)
    {
        Sign(zone, text);
        await File.WriteAllTextAsync(Configuration, Settings(primary: null, secondary: null), cancellationToken);
        string signed = folder.Folder($"{name}-signed");
        await CommandLine.RunAsync(
            ["kzonesign", "-c", Configuration, "-o", signed, "-t", $"{time.ToUnixTimeSeconds()}", zone], cancellationToken);
        return await File.ReadAllTextAsync(Directory.GetFiles(signed).Single(), cancellationToken);
    }

    private static string FileOf(string zone) => $"{zone.TrimEnd('.')}.zone";

    private static string Zone(string zone, string[] settings) =>
        $"  - domain: {zone}\n    file: \"{FileOf(zone)}\"\n" + string.Concat(settings.Select(setting => $"    {setting}\n"));

    private void Add(string zone, string text, params string[] settings)
    {
        File.WriteAllText(Path.Combine(Storage, FileOf(zone)), text);
        _zones.Add(Zone(zone, settings));
    }

    private string Settings(string? primary, string? secondary) => $"""
        server:
            listen: [{string.Join(", ", addresses.Select(address => $"{address}@53"))}]
            rundir: "{Storage}"
            udp-workers: 1
            tcp-workers: 1
            background-workers: 1
        log:
          - target: stderr
            any: warning
        database:
            storage: "{folder.Folder($"{name}-keys")}"
        remote:
          - id: primary
            address: {primary ?? addresses[0]}
          - id: secondary
            address: {secondary ?? addresses[0]}
        acl:
          - id: transfer
            address: {Addresses.Network4}
            action: transfer
          - id: notify
            address: {Addresses.Network4}
            action: notify
        # DS records are offered to the parent zone at once (RFC 7344 §4).
        policy:
          - id: ecdsa
            algorithm: ecdsap256sha256
            single-type-signing: on
            cds-cdnskey-publish: always
          - id: rsa
            algorithm: rsasha256
            nsec3: on
            nsec3-iterations: 0
            nsec3-salt-length: 0
            cds-cdnskey-publish: always
        template:
          - id: default
            storage: "{Storage}"
            zonefile-sync: -1
            zonefile-load: whole
            journal-content: none
            acl: transfer
        {(secondary is null ? "" : "    notify: secondary\n")}zone:
        {string.Concat(_zones)}
        """;
}
