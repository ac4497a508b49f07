using Interop.Tests.Domains;
using Interop.Tests.Network;

namespace Interop.Tests;

public class GuardTests(InteropLab lab)
{
    private readonly WaxsealProgram _waxseal = new(lab);

    [Fact]
    public async Task Without_leave_no_packet_goes_to_an_address_that_is_not_public()
    {
        (CheckedDomain domain, long packets) = await CountAsync(() => _waxseal.CheckGuardedAsync(PolicyDomain.Healthy));

        Assert.Equal(0, packets);
        Assert.Equal(1, domain.ExitCode);
        Assert.Equal($"{Addresses.Web} is reserved for benchmarks.", domain.Finding("D13").Seen);
        Assert.Equal(2, domain.PolicyHost.Count());
        Assert.Equal(2, domain.MxAddresses.Count());
        Assert.All(domain.PolicyHost.Concat(domain.MxAddresses), address =>
            Assert.Equal("forbidden", address.GetProperty("connection").GetProperty("fault").GetString()));
    }

    [Fact]
    public async Task With_leave_the_same_count_sees_packets()
    {
        (_, long packets) = await CountAsync(() => _waxseal.CheckAsync(PolicyDomain.Healthy));

        Assert.InRange(packets, 100, 10_000);
    }

    private async Task<(CheckedDomain Domain, long Packets)> CountAsync(Func<Task<CheckedDomain>> check)
    {
        lab.SkipWhereMissing();
        long before = await lab.Namespaces.PacketsStrayedAsync(TestContext.Current.CancellationToken);
        CheckedDomain domain = await check();
        return (domain, await lab.Namespaces.PacketsStrayedAsync(TestContext.Current.CancellationToken) - before);
    }
}
