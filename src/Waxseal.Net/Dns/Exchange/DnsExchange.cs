using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Waxseal.Net.Dns.Wire;

namespace Waxseal.Net.Dns.Exchange;

/// <summary>Asks one name server one question over one socket of its own.</summary>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class DnsExchange(TimeProvider clock)
{
    // What comes first may be forged; a flood of it ends the wait for the right one.
    private const int MaxDropped = 100;

    /// <summary>Asks over one transport; what does not belong to the question is dropped and the wait goes on.</summary>
    /// <param name="server">The name server; whoever calls has checked that it may be asked.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="options">How.</param>
    /// <param name="transport">Over what.</param>
    /// <param name="timeout">How long to wait, in all.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task<ExchangeResult> AskAsync(
        IPEndPoint server,
        DnsQuestion question,
        DnsQueryOptions options,
        DnsTransport transport,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        byte[] query = QueryWriter.Write(question, options);
        Asked asked = new(server, query, QueryWriter.QuestionEnd(question), clock.GetTimestamp());
        using CancellationTokenSource deadline = new(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Dropped dropped = new();
        try
        {
            return transport == DnsTransport.Udp
                ? await OverUdpAsync(asked, dropped, either.Token).ConfigureAwait(false)
                : await OverTcpAsync(asked, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ExchangeResult.TimedOut(dropped.Count);
        }
        catch (SocketException fault)
        {
            return new ExchangeResult.Unreachable(ReasonOf(fault.SocketErrorCode));
        }
    }

    // RFC 5452 §9.2: each question from a port of its own, which the system chooses by chance when it connects.
    private async Task<ExchangeResult> OverUdpAsync(Asked asked, Dropped dropped, CancellationToken cancellationToken)
    {
        using Socket socket = new(asked.Server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(asked.Server, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(asked.Query, cancellationToken).ConfigureAwait(false);

        byte[] first = new byte[1];
        for (; dropped.Count < MaxDropped; dropped.Count++)
        {
            // Thousands of questions wait at a time, so none holds a buffer before there is something for it.
            await socket.ReceiveAsync(first, SocketFlags.Peek, cancellationToken).ConfigureAwait(false);
            if (await TakeAsync(socket, asked, cancellationToken).ConfigureAwait(false) is { } result)
                return result;
        }

        return new ExchangeResult.Unreachable($"more than {MaxDropped} messages that do not belong to the question");
    }

    // One message; null when it does not belong to the question.
    private async Task<ExchangeResult?> TakeAsync(Socket socket, Asked asked, CancellationToken cancellationToken)
    {
        // A server may send more than it was told to, and what is cut off is no answer.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            int length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            return AnswerCheck.Of(asked.Query, asked.QuestionEnd, buffer.AsSpan(0, length)) switch
            {
                AnswerMatch.Exact when MessageReader.TryRead(buffer.AsSpan(0, length), out DnsMessage? message) =>
                    new ExchangeResult.Answered(message, DnsTransport.Udp, clock.GetElapsedTime(asked.Start)),
                AnswerMatch.CaseDiffers => new ExchangeResult.CaseLost(),
                _ => null,
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // RFC 1035 §4.2.2: two octets of length before each message.
    private async Task<ExchangeResult> OverTcpAsync(Asked asked, CancellationToken cancellationToken)
    {
        using Socket socket = new(asked.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(asked.Server, cancellationToken).ConfigureAwait(false);
        byte[] framed = new byte[asked.Query.Length + sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)asked.Query.Length);
        asked.Query.CopyTo(framed, sizeof(ushort));
        for (int sent = 0; sent < framed.Length;)
            sent += await socket.SendAsync(framed.AsMemory(sent), cancellationToken).ConfigureAwait(false);

        byte[] head = new byte[sizeof(ushort)];
        if (!await TryFillAsync(socket, head, cancellationToken).ConfigureAwait(false))
            return new ExchangeResult.Unreachable("the connection ended before an answer");
        byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
        if (!await TryFillAsync(socket, answer, cancellationToken).ConfigureAwait(false))
            return new ExchangeResult.Unreachable("the connection ended within the answer");

        // Nobody can forge an answer within a connection, so the case of letters does not matter here.
        return AnswerCheck.Of(asked.Query, asked.QuestionEnd, answer) != AnswerMatch.None
            && MessageReader.TryRead(answer, out DnsMessage? message)
                ? new ExchangeResult.Answered(message, DnsTransport.Tcp, clock.GetElapsedTime(asked.Start))
                : new ExchangeResult.Unreachable("an answer that cannot be read, or to another question");
    }

    private static async Task<bool> TryFillAsync(Socket socket, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            int length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (length == 0)
                return false;
            buffer = buffer[length..];
        }

        return true;
    }

    private static string ReasonOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        SocketError.NetworkUnreachable => "network unreachable",
        SocketError.HostUnreachable => "host unreachable",
        SocketError.TimedOut => "connection timed out",
        _ => $"socket error {error}",
    };

    private sealed record Asked(IPEndPoint Server, byte[] Query, int QuestionEnd, long Start);

    private sealed class Dropped
    {
        public int Count { get; set; }
    }
}
