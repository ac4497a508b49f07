using System.Security.Authentication;
using Waxseal.Lab;
using Waxseal.Net.Tls;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Checks;

/// <summary>A TLS library that is set to be strict refuses a weak certificate itself; it is weak all the same.</summary>
public class RefusedCertificateTests
{
    [Theory]
    [InlineData("error:0A00018F:SSL routines::ee key too small")]
    [InlineData("error:0A00018D:SSL routines::ca key too small")]
    [InlineData("error:0A00018E:SSL routines::ca md too weak")]
    public async Task What_the_TLS_library_refuses_as_weak_is_told_as_weak(string words)
    {
        await using LabWorld world = LabWorld.Create();
        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);
        (HandshakeFault fault, string detail) = HandshakeFaults.Of(new AuthenticationException("Authentication failed.", new InvalidOperationException(words)));
        HandshakeFacts refused = new(HandshakeVariant.Usual, 1) { Fault = fault, Detail = detail };
        SmtpSessionFacts session = new(1, SmtpStep.StartTls) { Fault = SmtpFault.HandshakeFailed, OffersStartTls = true, Handshake = refused };

        CheckResult result = Checker.Check(facts with
        {
            PolicyHost = [.. facts.PolicyHost.Select(address => address with { Handshakes = [refused], Visits = [] })],
            MxHosts = [.. facts.MxHosts.Select(host => host with { Addresses = [.. host.Addresses.Select(address => address with { Sessions = [session] })] })],
        });

        Assert.Equal(["E08", "K19"], result.Findings.Select(finding => finding.Ranking.Causes[0].Cause.Id).Order(StringComparer.Ordinal));
    }
}
