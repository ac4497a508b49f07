using System.Net.Security;
using Waxseal.Net.Tls.Hello;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Tls;

public class ServerFlightTests
{
    private const byte Alert = 21;
    private const byte Handshake = 22;

    private static readonly byte[] Hello = Message(2, [3, 3, .. new byte[32], 0, 0xC0, 0x2B, 0]);
    private static readonly byte[] Certificate = Message(11, [0, 0, 9, 0, 0, 1, 7, 0, 0, 2, 8, 9]);
    private static readonly byte[] Request = Message(13, [1, 64, 0, 0]);
    private static readonly byte[] Done = Message(14, []);

    [Fact]
    public void A_flight_tells_suite_certificates_and_what_is_asked_for()
    {
        ServerFlight flight = Taken((Handshake, [.. Hello, .. Certificate, .. Request, .. Done]));

        Assert.True(flight.IsOver);
        Assert.Null(flight.Fault);
        Assert.Equal(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, flight.CipherSuite);
        Assert.Equal([[7], [8, 9]], flight.Certificates.Select(certificate => certificate.ToArray()));
        Assert.True(flight.AsksForCertificate);
    }

    [Fact]
    public void Messages_may_be_cut_anywhere()
    {
        byte[] all = [.. Hello, .. Certificate, .. Done];
        ServerFlight flight = Taken([.. all.Select(octet => (Handshake, new[] { octet }))]);

        Assert.True(flight.IsOver);
        Assert.Equal(2, flight.Certificates.Length);
        Assert.Null(flight.Fault);
    }

    // RFC 5246 §7.2: a warning leaves the handshake as it is.
    [Fact]
    public void A_warning_is_passed_over()
    {
        ServerFlight flight = Taken((Alert, [1, 112]), (Handshake, [.. Hello, .. Certificate, .. Done]));

        Assert.True(flight.IsOver);
        Assert.Null(flight.Fault);
    }

    [Theory]
    [InlineData(2, 40, HandshakeFault.NothingShared, "the server sent the alert \"handshake failure\"")]
    [InlineData(2, 70, HandshakeFault.NothingShared, "the server sent the alert \"protocol version\"")]
    [InlineData(2, 112, HandshakeFault.Alert, "the server sent the alert \"unrecognized name\"")]
    [InlineData(2, 200, HandshakeFault.Alert, "the server sent the alert \"200\"")]
    [InlineData(1, 0, HandshakeFault.Closed, "the connection was closed during the handshake")]
    public void An_alert_ends_it(byte level, byte description, HandshakeFault fault, string detail)
    {
        ServerFlight flight = Taken((Alert, [level, description]));

        Assert.True(flight.IsOver);
        Assert.Equal((fault, detail), (flight.Fault, flight.Detail));
    }

    public static TheoryData<string, byte, byte[], HandshakeFault> Misfits => new()
    {
        { "an older version", Handshake, Message(2, [3, 2, .. new byte[32], 0, 0, 47, 0]), HandshakeFault.NothingShared },
        { "a ServerHello too short", Handshake, Message(2, [3, 3]), HandshakeFault.Other },
        { "a session id beyond the end", Handshake, Message(2, [3, 3, .. new byte[32], 255, 0, 0]), HandshakeFault.Other },
        { "certificates before the ServerHello", Handshake, Certificate, HandshakeFault.Other },
        { "two ServerHellos", Handshake, [.. Hello, .. Hello], HandshakeFault.Other },
        { "a certificate beyond the end", Handshake, [.. Hello, .. Message(11, [0, 0, 4, 0, 0, 9, 1])], HandshakeFault.Other },
        { "half a length", Handshake, [.. Hello, .. Message(11, [0, 0, 2, 0, 0])], HandshakeFault.Other },
        { "two lists of certificates", Handshake, [.. Hello, .. Certificate, .. Certificate], HandshakeFault.Other },
        { "data", 23, [1, 2, 3], HandshakeFault.NotTls },
        { "a letter", (byte)'H', "TTP/1.1"u8.ToArray(), HandshakeFault.NotTls },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void What_does_not_fit_is_a_fault(string what, byte type, byte[] fragment, HandshakeFault fault)
    {
        ServerFlight flight = Taken((type, fragment));

        Assert.True(flight.IsOver, what);
        Assert.Equal(fault, flight.Fault);
    }

    [Theory]
    [InlineData(Handshake, new byte[] { 20, 255, 255, 255 })]
    [InlineData(Alert, new byte[] { 1, 112 })]
    [InlineData(Handshake, new byte[0])]
    public void What_never_ends_is_ended(byte type, byte[] fragment)
    {
        ServerFlight flight = new();
        int count = 0;
        while (!flight.IsOver && count++ < 100_000)
            flight.Take(type, fragment);

        Assert.Equal(HandshakeFault.Other, flight.Fault);
    }

    private static ServerFlight Taken(params (byte Type, byte[] Fragment)[] records)
    {
        ServerFlight flight = new();
        foreach ((byte type, byte[] fragment) in records)
            flight.Take(type, fragment);
        return flight;
    }

    private static byte[] Message(byte type, byte[] body) => [type, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];
}
