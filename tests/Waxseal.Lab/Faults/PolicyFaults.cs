namespace Waxseal.Lab.Faults;

/// <summary>Faults of the policy's text (layer H), and of the policy held against the MX hosts (layer J).</summary>
internal static class PolicyFaults
{
    private const string Good = LabWorld.GoodPolicy;

    public static IEnumerable<LabFault> All =>
    [
        Text("C17", "a max_age of an hour in mode enforce", Good.Replace("604800", "3600", StringComparison.Ordinal)),
        Text("H01", "a misspelt key", Good.Replace("mx:", "nmx:", StringComparison.Ordinal)),
        Text("H02", "no version", Good.Replace("version: STSv1\r\n", "", StringComparison.Ordinal)),
        Text("H02", "another version", Good.Replace("STSv1", "STSv2", StringComparison.Ordinal)),
        Text("H02", "a byte order mark", "\uFEFF" + Good),
        Text("H03", "an old mode", Good.Replace("enforce", "report", StringComparison.Ordinal)),
        Text("H03", "a mode in capitals", Good.Replace("enforce", "Enforce", StringComparison.Ordinal)),
        Text("H04", "no max_age", Good.Replace("max_age: 604800\r\n", "", StringComparison.Ordinal)),
        Text("H04", "a max_age in words", Good.Replace("604800", "7 days", StringComparison.Ordinal)),
        Text("H04", "a max_age of two years", Good.Replace("604800", "63115200", StringComparison.Ordinal)),
        Text("H05", "no mx", Good.Replace("mx: mx.example.test\r\n", "", StringComparison.Ordinal)),
        Text("H06", "two hosts on a line", Good.Replace("mx.example.test", "mx.example.test, mx2.example.test", StringComparison.Ordinal)),
        Text("H07", "an address as mx", Good.Replace("mx.example.test", "192.0.2.1", StringComparison.Ordinal)),
        Text("H07", "a port in mx", Good.Replace("mx.example.test", "mx.example.test:25", StringComparison.Ordinal)),
        Text("H08", "a lone asterisk", Good.Replace("mx.example.test", "*", StringComparison.Ordinal)),
        Text("H08", "an asterisk in a label", Good.Replace("mx.example.test", "mx*.example.test", StringComparison.Ordinal)),
        Text("H09", "indented lines", "    " + Good.Replace("\r\n", "\r\n    ", StringComparison.Ordinal).TrimEnd(' ')),
        Text("H10", "UTF-16", string.Concat(Good.Select(letter => $"{letter}\0"))),
        Text("H10", "a no-break space", Good.Replace("mode: ", "mode:\u00A0", StringComparison.Ordinal)),
        Text("H11", "a comment", "# our policy\r\n" + Good),
        Text("H12", "empty lines", Good.Replace("\r\n", "\r\n\r\n", StringComparison.Ordinal)),
        Text("H13", "a field twice", Good + "mode: testing\r\n"),
        Text("H14", "the JSON of an old draft", "{\"version\": \"STSv1\", \"mode\": \"enforce\", \"mx\": [\"mx.example.test\"], \"max_age\": 604800}"),
        Text("H15", "lines that end with CR", Good.Replace("\n", "", StringComparison.Ordinal)),
        Text("H16", "a line that is none", Good + "served by lab\r\n"),
        Text("J01", "an MX host that is not listed", Good.Replace("mx.example.test", "mx.other.test", StringComparison.Ordinal)),
        Text("J02", "the domain in place of the MX host", Good.Replace("mx.example.test", "example.test", StringComparison.Ordinal)),
        new("J03", "a wildcard one label too short", world =>
        {
            world.Policy = Good.Replace("mx.example.test", "*.example.test", StringComparison.Ordinal);
            world.Zone.Remove(LabWorld.Domain, Net.Dns.DnsType.Mx).Mx(LabWorld.Domain, 10, "a.mx.example.test").Address("a.mx.example.test", world.At(20));
            System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = LabCertificates.For("a.mx.example.test");
            world.Mx.Certificate = (_, _) => certificate;
        }),
        new("J04", "a lost wildcard", world =>
        {
            world.Policy = Good.Replace("mx.example.test", "protection.outlook.test", StringComparison.Ordinal);
            world.Zone.Remove(LabWorld.Domain, Net.Dns.DnsType.Mx).Mx(LabWorld.Domain, 10, "example-test.protection.outlook.test");
        }),
        new("J06", "a backup MX that is not listed", world => world.Zone.Mx(LabWorld.Domain, 50, "backup.example.test").Address("backup.example.test", world.At(21))),
        new("J07", "an MX that is an alias, and its target listed", world =>
        {
            world.Policy = Good.Replace("mx.example.test", "real.example.test", StringComparison.Ordinal);
            world.Zone.Remove("mx.example.test").Alias("mx.example.test", "real.example.test").Address("real.example.test", world.At(20));
        }),
        new("J08", "no MX record", world => world.Zone.Remove(LabWorld.Domain, Net.Dns.DnsType.Mx).Address(LabWorld.Domain, world.At(20))),
        new("J09", "a filter service put before the MX host, and the policy as before", world =>
        {
            world.Zone.Remove(LabWorld.Domain, Net.Dns.DnsType.Mx).Mx(LabWorld.Domain, 10, "in.filter.test");
            world.Test.Address("in.filter.test", world.At(20));
            System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = LabCertificates.For("in.filter.test");
            world.Mx.Certificate = (_, _) => certificate;
        }),
        Text("J10", "a host that no MX record needs", Good.Replace("max_age", "mx: old.example.test\r\nmax_age", StringComparison.Ordinal)),
    ];

    private static LabFault Text(string causeId, string name, string policy) => new(causeId, name, world => world.Policy = policy);
}
