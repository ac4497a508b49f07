using System.Net;
using Waxseal.Lab;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Exchange;
using Waxseal.Net.Dns.Validation;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Dns.Validation;

public class ServedZonesTests
{
    [Theory]
    [InlineData("example.test", DnsType.Mx, ValidationState.Secure)]
    [InlineData("_25._tcp.mail.example.test", DnsType.Tlsa, ValidationState.Secure)]
    [InlineData("www.example.test", DnsType.A, ValidationState.Secure)]
    [InlineData("any.wild.example.test", DnsType.Txt, ValidationState.Secure)]
    [InlineData("nothing.example.test", DnsType.A, ValidationState.Secure)]
    [InlineData("unsigned.test", DnsType.Soa, ValidationState.Insecure)]
    public async Task Zones_are_validated_over_the_wire(string name, DnsType type, ValidationState state)
    {
        ChainLab lab = new();
        await using ScriptedDnsServer server = new(lab.Dns.Serve);
        ChainValidator validator = new(new WireSource(server.EndPoint), [ChainLab.AnchorOf(lab.Root)], lab.Clock);

        ValidationFacts facts = await validator.ValidateAsync(new DnsQuestion(SignedZone.NameOf(name), type), TestContext.Current.CancellationToken);

        Assert.Equal(state, facts.State);
        Assert.All(server.Received, query => Assert.True(query.Message.Bits.HasFlag(DnsHeaderBits.CheckingDisabled)));
    }

    private sealed class WireSource(IPEndPoint server) : IMessageSource
    {
        private readonly ServerConversation _conversation = new(new DnsExchange(TimeProvider.System), server, TimeSpan.FromSeconds(5));

        public async Task<DnsMessage?> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            DnsQueryOptions options = DnsQueryOptions.ToResolver with { ChecksItself = true };
            return await _conversation.AskAsync(question, options, cancellationToken) is ExchangeResult.Answered answered ? answered.Message : null;
        }
    }
}
