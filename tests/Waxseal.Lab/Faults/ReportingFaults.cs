namespace Waxseal.Lab.Faults;

/// <summary>Faults of the TLS-RPT record (layer M).</summary>
internal static class ReportingFaults
{
    private const string Name = "_smtp._tls.example.test";
    private const string Good = "v=TLSRPTv1; rua=mailto:reports@example.test";

    public static IEnumerable<LabFault> All =>
    [
        new("M01", "no record", world => world.Zone.Remove(Name)),
        new("M02", "a misspelt version", world => Put(world, "v=TSLRPTv1; rua=mailto:reports@example.test")),
        new("M03", "no rua", world => Put(world, "v=TLSRPTv1;")),
        new("M03", "a rua without scheme", world => Put(world, "v=TLSRPTv1; rua=reports@example.test")),
        new("M04", "two records", world => world.Zone.Txt(Name, Good)),
        new("M05", "the record below an old name", world => world.Zone.Remove(Name).Txt("_smtp-tlsrpt.example.test", Good)),
        new("M07", "two places for reports", world => Put(world, "v=TLSRPTv1; rua=mailto:reports@example.test,https://reports.example.test/tls")),
    ];

    private static void Put(LabWorld world, string text) => world.Zone.Remove(Name).Txt(Name, text);
}
