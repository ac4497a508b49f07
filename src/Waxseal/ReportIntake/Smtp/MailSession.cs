using System.Net;
using System.Security.Authentication;
using System.Text;
using Waxseal.Mail;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>One session of SMTP (RFC 5321) or LMTP (RFC 2033), from the greeting to the end.</summary>
/// <param name="service">What it shares with others.</param>
/// <param name="stream">The connection.</param>
/// <param name="source">Whose it is; null on this machine.</param>
/// <param name="stopping">Ends it before the next mail.</param>
/// <param name="abort">Ends it at once.</param>
internal sealed class MailSession(MailService service, Stream stream, IPAddress? source, CancellationToken stopping, CancellationToken abort) : IAsyncDisposable
{
    // RFC 5321 §4.5.3.1.4: 512 octets, and extensions add: RFC 1870 §3: 26, RFC 6152 §2: 17.
    private const int MaxCommand = 512 + 26 + 17;

    // RFC 5321 §4.5.3.1.8: at least 100 recipients are taken.
    private const int MaxRecipients = 100;

    private const int MostWithoutEffect = 100;

    // Of a mail that is too large, so much more is read for the sake of a proper answer.
    private const long MostRead = 2L * MailLimits.Bytes;

    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReplyTime = TimeSpan.FromSeconds(30);

    private readonly LineStream _lines = new(stream);
    private readonly SessionDeadline _deadline = new(service, stopping, abort);
    private MailBody? _chunks;
    private int _recipients;
    private bool _isGreeted;
    private bool _isSecure;
    private bool _hasSender;
    private int _withoutEffect;
    private string? _end;

    /// <summary>Runs the session, and tells in words how it ended.</summary>
    public async Task<string> RunAsync()
    {
        try
        {
            _lines.Add(Reply.Ready(service.HostName, service.Protocol));
            while (_end is null)
                await TakeCommandAsync();
            await _lines.EndAsync(_deadline.Step(isInMail: true));
        }
        catch (OperationCanceledException)
        {
            // RFC 5321 §3.8: a server that has to close tells so with 421.
            await EndAsync(stopping.IsCancellationRequested || abort.IsCancellationRequested ? Reply.Stopping : Reply.TooIdle);
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            _end = fault.Message;
        }

        return _end!;
    }

    public async ValueTask DisposeAsync()
    {
        _chunks?.Dispose();
        _deadline.Dispose();
        await _lines.DisposeAsync();
    }

    private async Task TakeCommandAsync()
    {
        (LineFinding finding, int length) = await _lines.FindLineAsync(_deadline.Step(isInMail: _chunks is not null));
        switch (finding)
        {
            case LineFinding.Ended:
                _end = "it hung up";
                break;
            case LineFinding.TooLong:
                End(Reply.LineTooLong);
                break;
            case LineFinding.BareLineEnd:
                End(Reply.BareLineEnd);
                break;
            default:
                MailCommand command = length > MaxCommand ? new MailCommand.Answered(Reply.LineTooLong) : CommandLine.Read(_lines.Waiting.Span[..(length - 2)]);
                _lines.Take(length);
                await AnswerAsync(command);
                break;
        }

        if (_withoutEffect > MostWithoutEffect && _end is null)
            End(Reply.TooManyCommands);
    }

    private Task AnswerAsync(MailCommand command)
    {
        switch (command)
        {
            case MailCommand.Data:
                return TakeDataAsync();
            case MailCommand.Chunk chunk:
                return TakeChunkAsync(chunk);
            case MailCommand.StartTls:
                return StartTlsAsync();
            case MailCommand.Hello hello:
                Greet(hello);
                break;
            case MailCommand.Mail:
                _lines.Add(TakeSender());
                break;
            case MailCommand.Recipient recipient:
                _lines.Add(TakeRecipient(recipient.Mailbox));
                break;
            case MailCommand.Reset:
                Forget();
                AddWithoutEffect(Reply.Reset);
                break;
            case MailCommand.Quit:
                End(Reply.Closing(service.HostName));
                break;
            case MailCommand.Lost lost:
                End(lost.Reply);
                break;
            case MailCommand.Answered answered:
                AddWithoutEffect(answered.Reply);
                break;
        }

        return Task.CompletedTask;
    }

    private void Greet(MailCommand.Hello hello)
    {
        // RFC 2033 §4.1: LHLO stands for HELO and EHLO, which a server of LMTP does not take, nor one of SMTP LHLO.
        if (hello.Verb == "LHLO" != service.IsLmtp)
        {
            AddWithoutEffect(Reply.UnknownCommand);
            return;
        }

        // RFC 5321 §4.1.4: EHLO within a session does what RSET does.
        Forget();
        _isGreeted = true;
        _withoutEffect++;
        string[] offers = hello.Verb == "HELO" ? [service.HostName]
            : [service.HostName, "PIPELINING", $"SIZE {MailLimits.Bytes}", "8BITMIME", "CHUNKING", "ENHANCEDSTATUSCODES", .. OffersTls ? ["STARTTLS"] : Array.Empty<string>()];

        // RFC 5321 §4.1.1.1: ehlo-ok-rsp = ( "250-" Domain [ SP ehlo-greet ] CRLF *( "250-" ehlo-line CRLF ) "250" SP ehlo-line CRLF )
        _lines.Add(Encoding.ASCII.GetBytes(string.Concat(offers.Select((offer, i) => $"250{(i < offers.Length - 1 ? '-' : ' ')}{offer}\r\n"))));
    }

    // RFC 3207 §4.2: within TLS it is not offered again.
    private bool OffersTls => service.SecureAsync is not null && !_isSecure;

    // RFC 5321 §4.1.4: MAIL follows EHLO, and no MAIL that is not ended.
    private Reply TakeSender()
    {
        if (!_isGreeted || _hasSender)
            return WithoutEffect(Reply.BadOrder);
        _hasSender = true;
        return Reply.SenderTaken;
    }

    // RFC 3030 §2: no RCPT follows BDAT.
    private Reply TakeRecipient(Mailbox mailbox)
    {
        if (!_hasSender || _chunks is not null)
            return WithoutEffect(Reply.BadOrder);
        if (!service.Recipients.Contains(mailbox))
            return WithoutEffect(Reply.UnknownRecipient);

        // RFC 5321 §4.5.3.1.10: what is too many is refused with 452, and those before stand.
        if (_recipients == MaxRecipients)
            return WithoutEffect(Reply.TooManyRecipients);
        _recipients++;
        return Reply.RecipientTaken;
    }

    private async Task TakeDataAsync()
    {
        // RFC 5321 §3.3, RFC 2033 §4.2: without a recipient that was taken it fails with 503.
        // RFC 3030 §2: DATA after BDAT is out of order.
        if (_recipients == 0 || _chunks is not null)
        {
            AddWithoutEffect(Reply.BadOrder);
            return;
        }

        _lines.Add(Reply.SendData);
        using MailBody body = new(service.Places);
        DataReader reader = new();
        while (!reader.IsEnded)
        {
            if (!await MakeRoomAsync(body))
                return;
            _lines.Take(reader.Read(_lines.Waiting.Span, body));
        }

        await DeliverAsync(body);
    }

    private async Task TakeChunkAsync(MailCommand.Chunk chunk)
    {
        MailBody body = _chunks ??= new MailBody(service.Places);
        if (chunk.Octets > MostRead - body.Received)
        {
            End(Reply.TooLarge);
            return;
        }

        // RFC 3030 §2: the octets of a chunk that is refused are read, and nothing comes of them.
        if (_recipients == 0)
            body.Refuse(Reply.BadOrder);
        for (long left = chunk.Octets; left > 0;)
        {
            if (!await MakeRoomAsync(body))
                return;
            int count = (int)Math.Min(left, _lines.Waiting.Length);
            body.Append(_lines.Waiting.Span[..count]);
            _lines.Take(count);
            left -= count;
        }

        // RFC 3030 §2: each chunk has its answer; the mail ends with the last, taken or not.
        if (_recipients > 0 && chunk.IsLast)
            await DeliverAsync(body);
        else if (body.Refusal is { } refusal)
            AddWithoutEffect(refusal);
        else
            _lines.Add(Reply.ChunkTaken);
        if (_recipients == 0)
            Forget();
    }

    /// <summary>Reads what comes next of a mail; false when nothing will.</summary>
    private async ValueTask<bool> MakeRoomAsync(MailBody body)
    {
        if (!await _lines.ReadAsync(_deadline.Step(isInMail: true)))
        {
            _end = "it hung up within a mail";
            return false;
        }

        bool hadPlace = body.HasPlace;
        await body.MakeRoomAsync(_lines.Waiting.Length + 1, _deadline.Step(isInMail: true));
        if (!hadPlace && body.HasPlace)
            _deadline.Narrow(IntakePlaces.Tenure);
        if (body.Received <= MostRead)
            return true;
        End(body.Refusal ?? Reply.TooLarge);
        return false;
    }

    private async Task DeliverAsync(MailBody body)
    {
        // What is whole is stored, however long that takes; only the end of all patience ends it.
        Reply reply = body.End() ?? await service.TakeAsync(body.Octets, source, abort);
        _withoutEffect = reply.IsPositive ? 0 : _withoutEffect + 1;

        // RFC 2033 §4.2: after the mail there is one reply for each recipient that was taken.
        for (int i = 0; i < (service.IsLmtp ? _recipients : 1); i++)
            _lines.Add(reply);
        Forget();

        // The time of the session may have run out meanwhile, and this answer is to arrive all the same.
        using CancellationTokenSource patience = new(ReplyTime, service.Clock);
        await _lines.FlushAsync(patience.Token);
    }

    private async Task StartTlsAsync()
    {
        // RFC 3207 §4.2: a client that is within TLS must not begin it again.
        if (!OffersTls)
        {
            AddWithoutEffect(_isSecure ? Reply.BadOrder : Reply.NotImplemented);
            return;
        }

        _lines.Add(Reply.StartTls);
        _isSecure = true;
        _deadline.Narrow(HandshakeTime);
        await _lines.SecureAsync(service.SecureAsync!, _deadline.Step(isInMail: false));
        Forget();
        _isGreeted = false;
    }

    private void Forget()
    {
        _hasSender = false;
        _recipients = 0;
        _chunks?.Dispose();
        _chunks = null;
        _deadline.Widen();
    }

    private Reply WithoutEffect(Reply reply)
    {
        _withoutEffect++;
        return reply;
    }

    private void AddWithoutEffect(Reply reply) => _lines.Add(WithoutEffect(reply));

    private void End(Reply reply)
    {
        _lines.Add(reply);
        _end = $"{reply.Code} {reply.Text}";
    }

    private async Task EndAsync(Reply reply)
    {
        End(reply);
        try
        {
            using CancellationTokenSource moment = new(TimeSpan.FromSeconds(1), service.Clock);
            await _lines.EndAsync(moment.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or InvalidOperationException)
        {
            _end = $"{_end}; {fault.Message}";
        }
    }
}
