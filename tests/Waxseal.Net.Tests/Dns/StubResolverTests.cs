using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Waxseal.Lab;
using Waxseal.Net.Dns;
using Waxseal.Tests;

namespace Waxseal.Net.Tests.Dns;

public class StubResolverTests
{
    [Fact]
    public async Task Records_are_found_with_their_least_ttl()
    {
        DnsLookup lookup = await LookUp("example.com", DnsType.Mx, query =>
        [
            new DnsReply(query)
                .Answer("example.com", DnsType.Mx, 300, DnsReply.Mx(10, "mx1.example.com"))
                .Answer("example.com", DnsType.Mx, 60, DnsReply.Mx(20, "mx2.example.com")).ToBytes(),
        ]);

        DnsLookup.Found found = Assert.IsType<DnsLookup.Found>(lookup);
        Assert.Equal(2, found.Records.Length);
        Assert.Equal(60u, found.Ttl);
        Assert.False(found.IsSecure);
    }

    [Theory, Rfc(2308, "5")]
    [InlineData(3600, 300, 300)]
    [InlineData(60, 300, 60)]
    public async Task What_does_not_exist_may_be_kept_for_the_lesser_of_ttl_and_minimum(uint ttl, uint minimum, uint expected)
    {
        DnsLookup lookup = await LookUp("mta-sts.example.com", DnsType.A, query =>
        [
            new DnsReply(query) { Rcode = DnsRcode.NxDomain }
                .Authority("example.com", DnsType.Soa, ttl, DnsReply.Soa(minimum)).ToBytes(),
        ]);

        DnsLookup.Absent absent = Assert.IsType<DnsLookup.Absent>(lookup);
        Assert.False(absent.NameExists);
        Assert.Equal(expected, absent.NegativeTtl);
    }

    [Fact, Rfc(5452, "9.1")]
    public async Task Forged_answers_are_dropped_and_the_right_one_believed()
    {
        DnsLookup lookup = await LookUp("example.com", DnsType.A, query =>
        [
            [],
            new byte[3],
            Right(query, "192.0.2.66", id: (ushort)(query.Message.Id + 1)),
            new DnsReply(query) { Question = [.. DnsReply.Name("example.org"), 0, 1, 0, 1] }
                .Answer("example.org", DnsType.A, 60, DnsReply.Address("192.0.2.66")).ToBytes(),
            new DnsReply(query) { Bits = DnsHeaderBits.None }
                .Answer("example.com", DnsType.A, 60, DnsReply.Address("192.0.2.66")).ToBytes(),
            Right(query, "192.0.2.1"),
        ]);

        Assert.Equal(DnsReply.Address("192.0.2.1"), Assert.Single(Assert.IsType<DnsLookup.Found>(lookup).Records).Data);
    }

    [Fact]
    public async Task Answer_in_another_case_is_asked_again_over_tcp()
    {
        await using ScriptedDnsServer server = new(query =>
        [
            new DnsReply(query) { Question = [.. query.Question.Name.Wire, .. query.QuestionBytes[^4..]] }
                .Answer("long-enough-for-chance.example.com", DnsType.A, 60, DnsReply.Address("192.0.2.1")).ToBytes(),
        ]);
        DnsLookup lookup = await LookUp(server, "long-enough-for-chance.example.com", DnsType.A);

        Assert.IsType<DnsLookup.Found>(lookup);
        Assert.Equal([DnsTransport.Udp, DnsTransport.Tcp], server.Received.Select(query => query.Transport));
        Assert.False(server.Received.First().QuestionBytes[..^4].SequenceEqual(Question("long-enough-for-chance.example.com", DnsType.A).Name.Wire));
    }

    [Fact, Rfc(7766, "5")]
    public async Task What_is_cut_off_is_asked_again_over_tcp()
    {
        await using ScriptedDnsServer server = new(query => query.Transport == DnsTransport.Udp
            ? [new DnsReply(query) { Bits = DnsHeaderBits.Response | DnsHeaderBits.Truncated }.ToBytes()]
            : [Right(query, "192.0.2.1")]);
        Assert.IsType<DnsLookup.Found>(await LookUp(server, "example.com", DnsType.A));
    }

    [Fact, Rfc(6891, "7")]
    public async Task Server_without_edns_is_asked_without_it()
    {
        DnsLookup lookup = await LookUp("example.com", DnsType.A, query => query.Message.Edns is not null
            ? [new DnsReply(query) { Rcode = DnsRcode.FormErr, Question = [] }.ToBytes()]
            : [Right(query, "192.0.2.1")]);
        Assert.IsType<DnsLookup.Found>(lookup);
    }

    [Fact]
    public async Task Aliases_are_followed_over_several_answers()
    {
        DnsLookup lookup = await LookUp("a.example", DnsType.A, query => query.Question.Name.ToString() switch
        {
            "a.example" => [new DnsReply(query)
                .Answer("a.example", DnsType.Cname, 30, DnsReply.Name("b.example"))
                .Answer("b.example", DnsType.Cname, 90, DnsReply.Name("c.example")).ToBytes()],
            _ => [Right(query, "192.0.2.1")],
        });

        DnsLookup.Found found = Assert.IsType<DnsLookup.Found>(lookup);
        Assert.Equal(["b.example", "c.example"], found.Aliases.Select(name => name.ToString()));
        Assert.Equal(30u, found.Ttl);
    }

    [Fact]
    public async Task Aliases_in_a_circle_or_without_end_are_a_fault()
    {
        DnsLookup circle = await LookUp("a.example", DnsType.A, query =>
        [
            new DnsReply(query).Answer("a.example", DnsType.Cname, 30, DnsReply.Name("b.example"))
                .Answer("b.example", DnsType.Cname, 30, DnsReply.Name("a.example")).ToBytes(),
        ]);
        DnsLookup endless = await LookUp("a.example", DnsType.A, query =>
        [
            new DnsReply(query).Answer(query.Question.Name.ToString(), DnsType.Cname, 30, DnsReply.Name($"a.{query.Question.Name}")).ToBytes(),
        ]);

        Assert.Equal(DnsFault.AliasLoop, Assert.IsType<DnsLookup.Failed>(circle).Fault);
        Assert.Equal(DnsFault.AliasLoop, Assert.IsType<DnsLookup.Failed>(endless).Fault);
        Assert.InRange(endless.Aliases.Length, 10, 17);
    }

    [Fact, Rfc(8914, "2")]
    public async Task Reason_of_a_failure_is_kept()
    {
        DnsLookup lookup = await LookUp("example.com", DnsType.A, query =>
        [
            new DnsReply(query) { Rcode = DnsRcode.ServFail }.Edns([0, 15, 0, 9, 0, 7, .. "expired"u8]).ToBytes(),
        ]);

        DnsLookup.Failed failed = Assert.IsType<DnsLookup.Failed>(lookup);
        Assert.Equal(DnsFault.ServFail, failed.Fault);
        Assert.Equal(new ExtendedError(7, "expired"), Assert.Single(failed.Errors));
    }

    [Theory, Rfc(4035, "3.2.3")]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task Authentic_data_counts_from_a_trusted_resolver_alone(bool isTrusted, bool isSet, bool expected)
    {
        await using ScriptedDnsServer server = new(query =>
        [
            new DnsReply(query) { Bits = DnsHeaderBits.Response | (isSet ? DnsHeaderBits.AuthenticData : 0) }
                .Answer("example.com", DnsType.A, 60, DnsReply.Address("192.0.2.1")).ToBytes(),
        ]);
        using StubResolver resolver = new(Options(server) with { TrustsAuthenticData = isTrusted }, TimeProvider.System);
        DnsLookup lookup = await resolver.LookUpAsync(Question("example.com", DnsType.A), TestContext.Current.CancellationToken);
        Assert.Equal(expected, lookup.IsSecure);
    }

    [Fact]
    public async Task Silence_ends_after_the_attempts_allowed()
    {
        await using ScriptedDnsServer server = new(_ => []);
        using StubResolver resolver = new(
            Options(server) with { AttemptTimeout = TimeSpan.FromMilliseconds(50), Attempts = 2 }, TimeProvider.System);
        DnsLookup lookup = await resolver.LookUpAsync(Question("example.com", DnsType.A), TestContext.Current.CancellationToken);

        Assert.Equal(DnsFault.Timeout, Assert.IsType<DnsLookup.Failed>(lookup).Fault);
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task Thousands_of_questions_are_under_way_at_a_time()
    {
        // The server answers nobody before all have asked.
        const int all = 3000;
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        StubResolverOptions options = new() { Resolvers = [(IPEndPoint)server.LocalEndPoint!], AttemptTimeout = TimeSpan.FromSeconds(6), Attempts = 8 };
        using StubResolver resolver = new(options, TimeProvider.System);
        // On a thread of its own: where all others are busy, the system loses what nobody fetches.
        var answering = Task.Factory.StartNew(() => AnswerWhenAllHaveAsked(server, all), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        DnsLookup[] lookups = await Task.WhenAll(Enumerable.Range(0, all).Select(i =>
            resolver.LookUpAsync(Question($"n{i}.example", DnsType.A), TestContext.Current.CancellationToken)));

        using (Socket end = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
            end.SendTo([], server.LocalEndPoint!);
        await answering;
        Assert.All(lookups, lookup => Assert.IsType<DnsLookup.Found>(lookup));
    }

    // What the system lost, or came too late for, is asked again and then answered at once. An empty message ends it.
    private static void AnswerWhenAllHaveAsked(Socket server, int all)
    {
        Dictionary<DnsName, (EndPoint From, ReceivedQuery Query)> asked = [];
        byte[] buffer = new byte[512];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        while (server.ReceiveFrom(buffer, ref from) is > 0 and var length)
        {
            ReceivedQuery query = new(buffer[..length], DnsTransport.Udp);
            bool waited = asked.Count < all;
            asked[query.Question.Name] = (from, query);
            if (asked.Count < all)
                continue;

            foreach ((EndPoint to, ReceivedQuery due) in waited ? asked.Values : (IEnumerable<(EndPoint, ReceivedQuery)>)[(from, query)])
                server.SendTo(Right(due, "192.0.2.1"), to);
        }
    }

    private static byte[] Right(ReceivedQuery query, string address, ushort? id = null) =>
        new DnsReply(query) { Id = id ?? query.Message.Id }
            .Answer(query.Question.Name.ToString(), DnsType.A, 60, DnsReply.Address(address)).ToBytes();

    private static async Task<DnsLookup> LookUp(string name, DnsType type, Func<ReceivedQuery, IEnumerable<byte[]>> script)
    {
        await using ScriptedDnsServer server = new(script);
        return await LookUp(server, name, type);
    }

    private static async Task<DnsLookup> LookUp(ScriptedDnsServer server, string name, DnsType type)
    {
        using StubResolver resolver = new(Options(server), TimeProvider.System);
        return await resolver.LookUpAsync(Question(name, type), TestContext.Current.CancellationToken);
    }

    private static StubResolverOptions Options(ScriptedDnsServer server) =>
        new() { Resolvers = ImmutableArray.Create(server.EndPoint), AttemptTimeout = TimeSpan.FromSeconds(5) };

    private static DnsQuestion Question(string name, DnsType type) =>
        new(DnsName.TryParse(name, out DnsName? parsed) ? parsed : throw new ArgumentException(name), type);
}
