using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Checks;

public class TlsaStandingTests
{
    private static readonly byte[] Next = [3, 1, 1, .. new byte[31], 7];

    [Fact, Rfc(7671, "8.1")]
    public async Task One_record_is_for_the_key_in_use()
    {
        TlsaStanding standing = await StandingAsync(world => DaneFaults.Publish(world, DaneFaults.Right()));

        Assert.Equal(TlsaRollover.Current, standing.Rollover);
        Assert.Equal([TlsaFit.Leaf], standing.Records.Select(record => record.Fits));
    }

    [Fact, Rfc(7671, "8.1")]
    public async Task A_second_record_stands_ready_and_is_no_finding()
    {
        TlsaStanding standing = await StandingAsync(world => DaneFaults.Publish(world, DaneFaults.Right()).Add(DaneFaults.Name, DnsType.Tlsa, Next));

        Assert.Equal(TlsaRollover.CurrentAndOther, standing.Rollover);
        Assert.Equal([TlsaFit.Leaf, TlsaFit.Nothing], standing.Records.Select(record => record.Fits));
    }

    [Fact, Rfc(7671, "5.2")]
    public async Task An_issuer_lets_the_key_change()
    {
        TlsaStanding standing = await StandingAsync(world =>
        {
            System.Security.Cryptography.X509Certificates.X509Certificate2 issuer = LabCertificates.Issue("Lab Intermediate", [], LabCertificates.Authority, isAuthority: true);
            System.Security.Cryptography.X509Certificates.X509Certificate2 leaf = LabCertificates.Issue("lab", ["mx.example.test"], issuer);
            world.Mx.Certificate = (_, _) => leaf;
            world.Mx.Issuers = [issuer];
            DaneFaults.Publish(world, [2, 0, 1, .. System.Security.Cryptography.SHA256.HashData(issuer.RawData)]);
        });

        Assert.Equal(TlsaRollover.Issuer, standing.Rollover);
    }

    [Fact]
    public async Task Without_a_visit_nothing_is_held_against_the_records()
    {
        TlsaStanding standing = await StandingAsync(world =>
        {
            DaneFaults.Publish(world, DaneFaults.Right());
            world.Options = world.Options with { VisitsMxHosts = false };
        });

        Assert.Equal(TlsaRollover.Unknown, standing.Rollover);
    }

    [Fact]
    public async Task A_record_for_another_key_fits_nothing()
    {
        await using LabWorld world = LabWorld.Create();
        DaneFaults.Publish(world, Next);

        CheckResult result = Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(TlsaRollover.NoneFits, Assert.Single(result.Tlsa).Rollover);
    }

    private static async Task<TlsaStanding> StandingAsync(Action<LabWorld> change)
    {
        await using LabWorld world = LabWorld.Create();
        change(world);
        CheckResult result = Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken));
        Assert.Empty(result.Findings.Select(finding => $"{finding.Title}: {finding.Happened}"));
        return Assert.Single(result.Tlsa);
    }
}
