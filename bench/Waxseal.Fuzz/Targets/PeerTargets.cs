using System.Net;
using System.Text;
using Waxseal.Net.Https;
using Waxseal.Net.Probing;
using Waxseal.Net.Smtp;
using Waxseal.Net.Tls;
using Waxseal.Net.Tls.Hello;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.MtaSts.Sending;
using Waxseal.Protocol.Names;

namespace Waxseal.Fuzz.Targets;

/// <summary>What MX hosts and policy hosts say when they are visited.</summary>
internal static class PeerTargets
{
    private const int MaxLine = 2000;
    private const int MaxLines = 100;
    private const int MaxFields = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Made at first use: instrumented code must not run before the fuzzer has its memory.
    private static readonly Lazy<DomainName> PolicyHostName = new(() => DomainName.TryParse("mta-sts.example.test", out DomainName? name, out _)
        ? name
        : throw new System.Diagnostics.UnreachableException());

    private static readonly Lazy<ProbeOptions> Options = new(() => new()
    {
        Resolvers = [new IPEndPoint(IPAddress.Loopback, 53)],
        StepTimeout = Patience,
        EhloName = "probe.test",
    });

    public static readonly FuzzTarget Reply = new(
        "smtp-reply",
        ReadReplies,
        () => Seeds.Texts(
            "220 mx.example.test ESMTP\r\n250-mx.example.test\r\n250-SIZE 10485760\r\n250-8BITMIME\r\n250 STARTTLS\r\n220 go ahead\r\n",
            "220-one\n220-two\n220\n421 4.3.2 too busy\r\n554\r\n",
            $"220 {new string('x', 1990)}\r\n220-{new string('y', 1996)}\n",
            string.Concat(Enumerable.Repeat("250-x\r\n", 99)) + "250 end\r\n"),
        "220 ", "250-", "250 ", "\r\n", "\n", "\r", "STARTTLS", "\u00e9", "\u001b[2J")
    {
        Inputs = 20_000,
    };

    public static readonly FuzzTarget Session = new(
        "smtp-session",
        RunSession,
        () =>
        [
            .. Seeds.Texts(
                "554 no\r\n",
                "220 mx\r\n502 what?\r\n221 bye\r\n",
                "220 mx\r\n250-mx\r\n250 SIZE\r\n221 bye\r\n",
                "220 mx\r\n250-mx\r\n250 XXXXXXXX\r\n221 bye\r\n",
                "220 mx\r\n250-mx\r\n250-SIZE\r\n250 starttls\r\n454 not now\r\n221 bye\r\n",
                "220 mx\r\n250-mx\r\n250 STARTTLS\r\n220 go ahead\r\nHTTP/1.1 400 Bad Request\r\n\r\n"),
            [.. Agreed(), 0x15, 3, 3, 0, 2, 2, 40],
            [.. Agreed(), .. ServerHello()],
        ],
        "220 ", "250-", "250 ", "\r\n", "STARTTLS", "\u0015\u0003\u0003\u0000\u0002\u0002", "\u0016\u0003\u0003\u0000")
    {
        Inputs = 3_000,
    };

    public static readonly FuzzTarget Hello = new(
        "tls-hello",
        ReadFlight,
        () =>
        [
            [0x15, 3, 3, 0, 2, 2, 40],
            [0x15, 3, 3, 0, 2, 1, 112, 0x16, 3, 3, 0, 4, 14, 0, 0, 0],
            [0x16, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3, .. new byte[32], 0, 0xC0, 0x2B, 0, 0x16, 3, 3, 0, 12, 11, 0, 0, 8, 0, 0, 5, 0, 0, 2, 48, 0, 0x16, 3, 3, 0, 4, 14, 0, 0, 0],
            .. Seeds.Texts("HTTP/1.1 400 Bad Request\r\n\r\n"),
        ],
        "\u0016\u0003\u0003\u0000", "\u0015\u0003\u0003\u0000\u0002", "\u000b\u0000\u0000", "\u000e\u0000\u0000\u0000")
    {
        Inputs = 10_000,
    };

    public static readonly FuzzTarget HttpAnswer = new(
        "http-answer",
        GetPolicy,
        () =>
        [
            .. Seeds.Texts(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 72\r\n\r\nversion: STSv1\r\nmode: enforce\r\nmx: mx.example.test\r\nmax_age: 604800\r\n\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n5;x=y\r\nversi\r\n2\r\non\r\n0\r\nTrailer: x\r\n\r\n",
                "HTTP/1.1 301 Moved\r\nLocation: http://169.254.169.254/\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 404 Not Found\r\nServer: x\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n folded: y\r\n\r\n<html>",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),

            // HTTP/2: SETTINGS; its acknowledgement; HEADERS with status 200 and a length; DATA; or GOAWAY, or RST_STREAM.
            Convert.FromHexString("000000040000000000" + "000000040100000000" + "0000040104000000018808" + "0231" + "35" + "00000f000100000001" + "76657273696f6e3a20535453763120"),
            Convert.FromHexString("000006040000000000000300000064" + "000000040100000000" + "00000801000000000000000000" + "00000000"),
            Convert.FromHexString("000000040000000000" + "000000040100000000" + "0000040300000000010000000700000807000000000000000000000000"),
        ],
        "HTTP/1.1 200 OK\r\n", "\r\n\r\n", "Content-Length: ", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n", "0\r\n\r\n", "ffffffff\r\n",
        "\u0000\u0000\u0004\u0001\u0004\u0000\u0000\u0000\u0001", "\u0000\u0000\u0001\u0000\u0001\u0000\u0000\u0000\u0001")
    {
        Inputs = 5_000,
    };

    private static void ReadFlight(ReadOnlySpan<byte> octets)
    {
        HelloProbe probe = new(new ChainJudge([], TimeProvider.System), TimeProvider.System);
        HandshakeFacts known = new(HandshakeVariant.Usual, 0);
        HandshakeFacts facts = probe.GreetAsync(new OneSidedStream(octets.ToArray()), "mta-sts.example.test", HandshakeVariant.LargeHello, known, Patience, default)
            .GetAwaiter().GetResult();
        Promise.Kept(facts.Fault is not HandshakeFault.Timeout, "What has ended is not waited for.");
        Promise.Kept(facts.Fault is null == (facts.Detail is null), "A fault has a reason.");
        Promise.Kept(facts.Fault is not null || facts.Version == "TLS 1.2", "Without a fault there is a version.");
        Promise.Kept(facts.Certificates.Sum(certificate => certificate.Length) <= SentCertificates.MaxOctets, "Certificates keep their limit.");
    }

    private static void ReadReplies(ReadOnlySpan<byte> octets)
    {
        byte[] says = octets.ToArray();
        (List<SmtpReply> replies, SmtpTrouble trouble) = ReadAll(new OneSidedStream(says));
        foreach (SmtpReply reply in replies)
        {
            Promise.Kept(reply.Code is >= 200 and <= 599, "A code is one of SMTP.");
            Promise.Kept(reply.Lines.Length is > 0 and <= MaxLines, "A reply keeps its limit.");
            Promise.Kept(reply.Lines.All(line => line.Length <= MaxLine && IsPrintable(line)), "A line keeps its limit and is printable.");
        }

        Promise.Kept(trouble.Fault is SmtpFault.Closed or SmtpFault.TooLong or SmtpFault.NotSmtp, "Reading ends in one of three ways.");
        Promise.Kept(trouble.Message.Length is > 0 and < 200 && IsPrintable(trouble.Message), "Trouble has a short reason.");

        (List<SmtpReply> again, SmtpTrouble troubleAgain) = ReadAll(new OneSidedStream(says, most: 3));
        Promise.Kept(
            replies.Select(reply => reply.Text).SequenceEqual(again.Select(reply => reply.Text))
            && (trouble.Fault, trouble.Message) == (troubleAgain.Fault, troubleAgain.Message),
            "It makes no difference in what pieces octets come.");
    }

    private static (List<SmtpReply> Replies, SmtpTrouble Trouble) ReadAll(Stream stream)
    {
        SmtpReader reader = new(stream);
        List<SmtpReply> replies = [];
        while (true)
        {
            try
            {
                replies.Add(reader.ReadAsync(CancellationToken.None).GetAwaiter().GetResult());
            }
            catch (SmtpTrouble trouble)
            {
                return (replies, trouble);
            }
        }
    }

    // After STARTTLS the rest of what the peer says goes to the TLS library.
    private static void RunSession(ReadOnlySpan<byte> octets)
    {
        TlsProbe tls = new(new ChainJudge([], TimeProvider.System), TimeProvider.System);
        SmtpSession session = new(tls, "mx.example.test", Options.Value, TimeProvider.System);
        using OneSidedStream peer = new(octets.ToArray(), most: 256);
        SmtpSessionFacts facts = session.RunAsync(peer, HandshakeVariant.Usual, CancellationToken.None).GetAwaiter().GetResult();

        // Nobody can finish a handshake without having read what was sent.
        Promise.Kept(facts.Fault is not null and not SmtpFault.Timeout && facts.Reached != SmtpStep.Handshake, "The session ends before its time.");
        Promise.Kept(facts.Detail is { Length: > 0 }, "An end has a reason.");
        Promise.Kept(facts.Ehlo.Length <= MaxLines && facts.Ehlo.All(IsPrintable), "The answer to EHLO is short and printable.");
        Promise.Kept(IsPrintable(facts.Banner ?? "") && IsPrintable(facts.StartTlsReply ?? ""), "Replies are printable.");
        Promise.Kept(facts.OffersStartTls || facts.StartTlsReply is null, "STARTTLS is sent only where it is offered.");
        Promise.Kept((facts.Reached == SmtpStep.StartTls) == (facts.Handshake is not null), "A handshake follows STARTTLS.");
    }

    // A first octet of zero, as no answer of HTTP/1.1 has it, stands for a peer that speaks HTTP/2.
    private static void GetPolicy(ReadOnlySpan<byte> octets)
    {
        byte[] says = octets.ToArray();
        Version version = says is [0, ..] ? HttpVersion.Version20 : HttpVersion.Version11;
        using PolicyRequests requests = new(PolicyHostName.Value, _ => Task.FromResult<Stream>(new OneSidedStream(says, most: 1024)), TimeProvider.System);
        VisitFacts facts = requests.GetAsync("Waxseal", version, Patience, CancellationToken.None).GetAwaiter().GetResult();

        Promise.Kept(facts.Fault is not null || facts.Status is >= 0 and <= 999, "There is a status of three digits or a fault.");
        Promise.Kept(facts.Fault is null == facts.Detail is null, "A fault has a reason.");
        Promise.Kept(facts.Fault != PolicyHostFault.ReadTimeout.ToWord(), "When the peer hangs up the visit ends.");
        Promise.Kept(facts.Body.Length <= StsPolicyReader.MaxLength + 1, "A body keeps its limit.");
        Promise.Kept(facts.Header.Length <= MaxFields, "A header keeps its limit.");
        Promise.Kept(facts.Header.All(field => !field.Name.Any(char.IsControl) && !field.Value.Contains('\n', StringComparison.Ordinal)), "A field stays on its line.");
    }

    private static byte[] Agreed() => Encoding.ASCII.GetBytes("220 mx\r\n250-mx\r\n250 STARTTLS\r\n220 go ahead\r\n");

    // A ServerHello of TLS 1.2 with ECDHE-RSA-AES128-GCM-SHA256, and the head of a Certificate.
    private static byte[] ServerHello() =>
    [
        0x16, 3, 3, 0, 53, 2, 0, 0, 49, 3, 3, .. Enumerable.Repeat((byte)7, 32), 0, 0xC0, 0x2F, 0, 0, 9, 0xFF, 1, 0, 1, 0, 0, 0x17, 0, 0,
        0x16, 3, 3, 0, 10, 11, 0, 0, 6, 0, 0, 3, 0, 0, 0,
    ];

    private static bool IsPrintable(string text) => text.All(letter => letter is >= ' ' and < '\u007f');
}
