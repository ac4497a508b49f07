using System.Text;
using Waxseal.Net.Probing;
using Waxseal.Net.Probing.Facts;
using Waxseal.Net.Tls;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Smtp;

/// <summary>One SMTP session as far as TLS, with a polite end.</summary>
internal sealed class SmtpSession(TlsProbe tls, string mxHost, ProbeOptions options, TimeProvider clock)
{
    private const int ServiceReady = 220;

    // How long a server may take to say goodbye before it is hung up on.
    private static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(500);

    // What a server sends in one go comes together but for the jitter of the network.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private SmtpSessionFacts _facts = new(0, SmtpStep.None);

    /// <summary>Whether the records of TLS 1.3 are watched for session tickets, which costs a moment of waiting.</summary>
    public bool WatchesTickets { get; init; }

    /// <summary>An earlier handshake with the host, which tells what the same certificates are worth; null for none.</summary>
    public HandshakeFacts? Known { get; init; }

    /// <summary>Runs the session over a connection.</summary>
    public async Task<SmtpSessionFacts> RunAsync(Stream transport, HandshakeVariant variant, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        try
        {
            await ToTlsAsync(transport, variant, cancellationToken).ConfigureAwait(false);
        }
        catch (SmtpTrouble trouble)
        {
            _facts = _facts with { Fault = trouble.Fault, Detail = trouble.Message };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _facts = _facts with { Fault = SmtpFault.Timeout, Detail = $"no answer within {options.StepTimeout.TotalSeconds:0.#} s after {After(_facts.Reached)}" };
        }
        catch (IOException fault)
        {
            _facts = _facts with { Fault = SmtpFault.Closed, Detail = HandshakeFaults.InWords(fault) };
        }

        return _facts with { ElapsedMs = Milliseconds.Of(clock.GetElapsedTime(start)) };
    }

    private async Task ToTlsAsync(Stream transport, HandshakeVariant variant, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        SmtpReader reader = new(transport);
        SmtpReply banner = await InTimeAsync(reader.ReadAsync, cancellationToken).ConfigureAwait(false);
        _facts = _facts with { Banner = banner.Text, BannerMs = Milliseconds.Of(clock.GetElapsedTime(start)) };
        if (banner.Code != ServiceReady)
            throw new SmtpTrouble(SmtpFault.Refused, banner.Text);

        _facts = _facts with { Reached = SmtpStep.Banner };
        SmtpReply greeting = await CommandAsync(transport, reader, $"EHLO {options.EhloName}", cancellationToken).ConfigureAwait(false);
        _facts = _facts with { Ehlo = greeting.Lines };
        if (!greeting.IsPositive)
            throw new SmtpTrouble(SmtpFault.Refused, greeting.Text);

        // RFC 3207 §4: the keyword stands alone on its line.
        _facts = _facts with { Reached = SmtpStep.Ehlo, OffersStartTls = Offers(greeting, "STARTTLS") };
        if (!_facts.OffersStartTls)
        {
            await QuitAsync(transport, cancellationToken).ConfigureAwait(false);
            throw new SmtpTrouble(SmtpFault.NoStartTls, "STARTTLS is not offered");
        }

        SmtpReply ready = await CommandAsync(transport, reader, "STARTTLS", cancellationToken).ConfigureAwait(false);
        _facts = _facts with { StartTlsReply = ready.Text };
        if (ready.Code != ServiceReady)
        {
            await QuitAsync(transport, cancellationToken).ConfigureAwait(false);
            throw new SmtpTrouble(SmtpFault.StartTlsRefused, ready.Text);
        }

        _facts = _facts with { Reached = SmtpStep.StartTls, SpeaksBeforeHandshake = reader.HasMore };
        await HandshakeAsync(transport, variant, cancellationToken).ConfigureAwait(false);
    }

    private async Task HandshakeAsync(Stream transport, HandshakeVariant variant, CancellationToken cancellationToken)
    {
        RecordWatch? watch = WatchesTickets ? new(transport, Patience, clock) : null;
        TlsContact contact = await tls.HandshakeAsync(watch ?? transport, mxHost, variant, protocol: null, Known, options.StepTimeout, cancellationToken).ConfigureAwait(false);
        watch?.End();
        _facts = _facts with { Handshake = contact.Facts with { ElapsedMs = Math.Max(0, contact.Facts.ElapsedMs - Milliseconds.Of(watch?.Held ?? default)) } };
        if (contact.Session is not { } session)
        {
            SmtpFault fault = contact.Facts.Fault == HandshakeFault.Timeout ? SmtpFault.Timeout : SmtpFault.HandshakeFailed;
            throw new SmtpTrouble(fault, contact.Facts.Detail ?? "the handshake failed");
        }

        await using (session.ConfigureAwait(false))
        {
            _facts = _facts with { Reached = SmtpStep.Handshake, EarlyTickets = watch?.BeforeFinished };
            if (variant == HandshakeVariant.Usual || watch?.BeforeFinished is not null)
                await GreetUnderTlsAsync(session, watch, cancellationToken).ConfigureAwait(false);
            await QuitAsync(session, cancellationToken).ConfigureAwait(false);
        }
    }

    // RFC 3207 §4.2: what was learnt before TLS is forgotten; REQUIRETLS is offered after it alone (RFC 8689 §2).
    private async Task GreetUnderTlsAsync(Stream session, RecordWatch? watch, CancellationToken cancellationToken)
    {
        SmtpReader reader = new(session);
        if (watch?.BeforeFinished is not null)
        {
            // Records are handed on one by one: all but that in which the answer begins were of the handshake (RFC 8446 §4.6).
            reader.Began += () => _facts = _facts with { Tickets = watch.SinceFinished - 1 };
        }

        SmtpReply greeting = await CommandAsync(session, reader, $"EHLO {options.EhloName}", cancellationToken).ConfigureAwait(false);
        _facts = _facts with { EhloUnderTls = greeting.Lines };
    }

    private async Task<SmtpReply> CommandAsync(Stream stream, SmtpReader reader, string command, CancellationToken cancellationToken) =>
        await InTimeAsync(
            async token =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), token).ConfigureAwait(false);
                return await reader.ReadAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    // RFC 5321 §4.1.1.10: the session is not just dropped; but its end waits for nobody.
    private async Task QuitAsync(Stream stream, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Goodbye, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Task goodbye = QuitPatientlyAsync(stream, either.Token);
        await goodbye.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task QuitPatientlyAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("QUIT\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        await new SmtpReader(stream).ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(options.StepTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await step(either.Token).ConfigureAwait(false);
    }

    private static bool Offers(SmtpReply greeting, string keyword) =>
        greeting.Lines.Skip(1).Any(line => line.Trim().Equals(keyword, StringComparison.OrdinalIgnoreCase));

    private static string After(SmtpStep reached) => reached switch
    {
        SmtpStep.None => "the connection",
        SmtpStep.Banner => "the greeting",
        SmtpStep.Ehlo => "EHLO",
        _ => "STARTTLS",
    };
}
