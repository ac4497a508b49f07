using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net.Security;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls.Hello;

/// <summary>What a server answers to a ClientHello of TLS 1.2 (RFC 5246 §7.3); no keys are needed to read it.</summary>
internal sealed class ServerFlight
{
    public const ushort Tls12 = 0x0303;

    /// <summary>Type, version and length of a record (RFC 8446 §5.1).</summary>
    public const int RecordHeader = 5;

    private const byte AlertRecord = 21;
    private const byte HandshakeRecord = 22;

    // RFC 5246 §7.4.
    private const byte ServerHello = 2;
    private const byte Certificate = 11;
    private const byte CertificateRequest = 13;
    private const byte ServerHelloDone = 14;
    private const int MessageHeader = 4;

    // An honest flight has the chain and little more.
    private const int MaxOctets = SentCertificates.MaxOctets + (16 * 1024);

    private readonly List<byte> _messages = [];
    private int _octets;
    private bool _hasServerHello;

    /// <summary>Whether nothing more is to come, or to be made of what comes.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What went wrong; null when the server agreed.</summary>
    public HandshakeFault? Fault { get; private set; }

    public string? Detail { get; private set; }

    public TlsCipherSuite CipherSuite { get; private set; }

    public bool AsksForCertificate { get; private set; }

    /// <summary>The certificates as sent, leaf first.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Certificates { get; private set; } = [];

    /// <summary>Takes one record.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="fragment">What it carries.</param>
    public void Take(byte type, ReadOnlySpan<byte> fragment)
    {
        _octets += RecordHeader + fragment.Length;
        if (_octets > MaxOctets)
        {
            Fail(HandshakeFault.Other, "the answer to the ClientHello is too long");
            return;
        }

        switch (type)
        {
            case AlertRecord when fragment.Length == 2:
                TakeAlert(level: fragment[0], fragment[1]);
                break;
            case HandshakeRecord:
                _messages.AddRange(fragment);
                TakeMessages();
                break;
            default:
                Fail(HandshakeFault.NotTls, "what came is no TLS");
                break;
        }
    }

    /// <summary>Ends it with a fault.</summary>
    public void Fail(HandshakeFault fault, string detail) => (IsOver, Fault, Detail) = (true, fault, detail);

    // RFC 5246 §7.2: a warning leaves the handshake as it is, unless it is the one that closes the connection.
    private void TakeAlert(byte level, byte description)
    {
        if (description == Alerts.CloseNotify)
            Fail(HandshakeFault.Closed, "the connection was closed during the handshake");
        else if (level != Alerts.Warning)
            Fail(Alerts.FaultOf(description), $"the server sent the alert \"{Alerts.NameOf(description)}\"");
    }

    private void TakeMessages()
    {
        while (!IsOver && _messages.Count >= MessageHeader)
        {
            int length = (_messages[1] << 16) | (_messages[2] << 8) | _messages[3];
            if (_messages.Count < MessageHeader + length)
                return;
            byte[] body = [.. _messages.Skip(MessageHeader).Take(length)];
            byte type = _messages[0];
            _messages.RemoveRange(0, MessageHeader + length);
            if (!TakeMessage(type, body))
                Fail(HandshakeFault.Other, "the answer to the ClientHello is malformed");
        }
    }

    private bool TakeMessage(byte type, ReadOnlySpan<byte> body)
    {
        if (type == ServerHello)
            return !_hasServerHello && TakeServerHello(body);
        if (!_hasServerHello)
            return false;

        switch (type)
        {
            case Certificate:
                return TakeCertificates(body);
            case CertificateRequest:
                AsksForCertificate = true;
                return true;
            case ServerHelloDone:
                IsOver = true;
                return true;
            default:
                return true;
        }
    }

    // RFC 5246 §7.4.1.3: version, 32 random octets, session id, cipher suite, compression.
    private bool TakeServerHello(ReadOnlySpan<byte> body)
    {
        const int SessionIdAt = 34;
        if (body.Length <= SessionIdAt || body.Length < SessionIdAt + 1 + body[SessionIdAt] + 3)
            return false;

        ReadOnlySpan<byte> rest = body[(SessionIdAt + 1 + body[SessionIdAt])..];
        CipherSuite = (TlsCipherSuite)BinaryPrimitives.ReadUInt16BigEndian(rest);
        _hasServerHello = true;
        if (BinaryPrimitives.ReadUInt16BigEndian(body) != Tls12)
            Fail(HandshakeFault.NothingShared, "the server has no version of TLS that was offered");
        return true;
    }

    // RFC 5246 §7.4.2: each with its length in three octets, and before all of them the length of all.
    private bool TakeCertificates(ReadOnlySpan<byte> body)
    {
        if (body.Length < 3 || !Certificates.IsEmpty)
            return false;

        List<ReadOnlyMemory<byte>> all = [];
        ReadOnlySpan<byte> rest = body[3..];
        while (!rest.IsEmpty)
        {
            int length = rest.Length < 3 ? int.MaxValue : (rest[0] << 16) | (rest[1] << 8) | rest[2];
            if (length > rest.Length - 3)
                return false;
            all.Add(rest.Slice(3, length).ToArray());
            rest = rest[(3 + length)..];
        }

        Certificates = SentCertificates.WithinLimits(all);
        return true;
    }
}
