using System.Security.Authentication;
using Waxseal.Lab;
using Waxseal.Lab.Wire;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Checks;

public class TicketTests
{
    [Fact, Rfc(8446, "4.6.1")]
    public async Task Tickets_that_wait_for_the_clients_Finished_are_counted_and_are_not_early()
    {
        SmtpSessionFacts[] sessions = await SessionsAsync(_ => { });

        // OpenSSL sends two.
        Assert.Equal((0, 2), (sessions[0].EarlyTickets, sessions[0].Tickets));
        Assert.All(sessions[1..], session => Assert.Null(session.EarlyTickets));
        Assert.All(sessions[1..], session => Assert.Null(session.Tickets));
    }

    [Fact, Rfc(8446, "4.6.1")]
    public async Task A_ticket_that_does_not_wait_is_early()
    {
        SmtpSessionFacts[] sessions = await SessionsAsync(world => world.Mx.Below = transport => new EarlyTicketStream(transport));

        Assert.Equal(1, sessions[0].EarlyTickets);
        Assert.Null(sessions[0].Handshake!.Fault);
    }

    [Fact]
    public async Task There_are_none_to_watch_for_in_TLS_1_2()
    {
        SmtpSessionFacts[] sessions = await SessionsAsync(world => world.Mx.Protocols = SslProtocols.Tls12);

        Assert.All(sessions, session => Assert.Null(session.EarlyTickets));
    }

    private static async Task<SmtpSessionFacts[]> SessionsAsync(Action<LabWorld> change)
    {
        await using LabWorld world = LabWorld.Create();
        change(world);
        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);
        return [.. Assert.Single(Assert.Single(facts.MxHosts).Addresses).Sessions];
    }
}
