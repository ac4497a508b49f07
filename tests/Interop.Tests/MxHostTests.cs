using System.Text.Json;
using Interop.Tests.Network;

namespace Interop.Tests;

public class MxHostTests(InteropLab lab)
{
    private readonly WaxsealProgram _waxseal = new(lab);

    [Theory]
    [InlineData("no-starttls.test", "K01", $"EHLO at {Addresses.MxWithoutStartTls} is answered without STARTTLS.")]
    [InlineData("other-name.test", "K05", "The certificate is for mail.example.test.")]
    [InlineData("two-keys.test", "K18", "The RSA certificate does not hold. The certificate ended ")]
    [InlineData("other-mx6.test", "K14", $"At {Addresses.MxOfTwoFaces6}: The certificate is for mail.example.test. At {Addresses.MxOfTwoFaces} all is well.")]
    public async Task A_fault_of_postfix_has_its_cause(string name, string cause, string seen)
    {
        CheckedDomain domain = await _waxseal.CheckAsync(name);

        Assert.Equal(1, domain.ExitCode);
        Assert.Equal([cause], domain.Causes);
        Assert.StartsWith(seen, domain.Finding(cause).Seen);
        Assert.Empty(domain.FailingSenders);
    }

    [Fact]
    public async Task Each_certificate_of_a_pair_is_seen()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("two-keys.test");

        JsonElement[] handshakes = [.. domain.MxAddresses.Single().GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("handshake"))];
        string ecdsa = LeafOf(handshakes, "ecdsa-only");
        string rsa = LeafOf(handshakes, "rsa-only");
        Assert.NotEqual(ecdsa, rsa);
        Assert.Equal(ecdsa, LeafOf(handshakes, "usual"));
    }

    private static string LeafOf(JsonElement[] handshakes, string variant) => handshakes
        .First(handshake => handshake.GetProperty("variant").GetString() == variant)
        .GetProperty("certificates")[0].GetString()!;
}
