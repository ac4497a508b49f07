namespace Waxseal.Protocol.Diagnosis.MailLogs.Servers;

/// <summary>What one process of Postfix has told of the delivery it is at, until it tells how that ended.</summary>
internal sealed class PostfixAttempt
{
    // More MX hosts than Postfix tries for one mail (smtp_mx_address_limit is 5).
    private const int MostEarlier = 16;

    private readonly List<DeliveryFailure> _earlier = [];
    private string? _mxHost;
    private string? _mxAddress;

    // Without a policy Postfix goes on where a certificate is no good, so that alone stops no mail.
    private bool _stopsMail;

    /// <summary>The failure as it is known by now; null while there is none.</summary>
    public DeliveryFailure? Failure { get; private set; }

    /// <summary>The policy domain, where a line names it; null else.</summary>
    public string? Domain { get; set; }

    /// <summary>Tells which MX host the next lines are about; what was said of another one waits.</summary>
    public void At(string? host, string? address)
    {
        if (host is null)
            return;
        bool isOther = _mxHost is not null && (host != _mxHost || (address is not null && _mxAddress is not null && address != _mxAddress));
        if (isOther && !_stopsMail)
            Failure = null;
        else if (isOther && Failure is { Fault: not (DeliveryFault.OwnSettings or DeliveryFault.PolicyInvalid) })
            PassOver();
        _mxHost = host;
        _mxAddress = address;
    }

    /// <summary>Takes in what a line says went wrong; what was known in more detail stays.</summary>
    public void Learn(LogLine line, KnownText known, string text, bool stopsMail)
    {
        _stopsMail |= stopsMail;
        if (Failure is not null && IsVague(known.Fault) && known.Stated is null)
            return;
        Failure = new DeliveryFailure(known.Fault, text.Trim())
        {
            Stated = known.Stated,
            Software = MailSoftware.Postfix,
            Observer = line.Host,
            When = line.When,
            MxHost = _mxHost,
            MxAddress = _mxAddress,
        };
    }

    /// <summary>Adds what the TLS library said of a failed handshake.</summary>
    public bool Sharpen(KnownText known, string text)
    {
        if (Failure is not { Fault: DeliveryFault.Handshake })
            return false;
        Failure = Failure with { Fault = known.Fault, Stated = known.Stated ?? Failure.Stated, Text = text };
        return true;
    }

    /// <summary>Another MX host is tried; what happened here waits for the end of the delivery.</summary>
    public void PassOver()
    {
        if (Failure is not null && _earlier.Count < MostEarlier)
            _earlier.Add(Failure);
        Failure = null;
        _stopsMail = false;
    }

    /// <summary>Whether what is known tells why a delivery ended as it did.</summary>
    /// <param name="reason">What the last line gives as the reason.</param>
    /// <param name="domain">The policy domain of the mail.</param>
    /// <param name="mxHost">The MX host of the last line; null without one.</param>
    public bool Explains(string reason, string domain, string? mxHost)
    {
        if (Failure is null || (mxHost is not null && _mxHost is not null && mxHost != _mxHost) || (Domain is not null && domain != Domain))
            return false;
        return KnownTexts.Of(reason) is { } known ? known.Fault == Failure.Fault || IsVague(known.Fault) : _stopsMail && mxHost is null;
    }

    /// <summary>Counts the MX hosts that were passed over.</summary>
    /// <returns>Whether there were any.</returns>
    public bool EmitEarlier(DeliveryLedger ledger, string domain, bool isRelayHost, DeliveryFate fate)
    {
        foreach (DeliveryFailure failure in _earlier)
            ledger.Add(failure with { PolicyDomain = domain.Length > 0 ? domain : Domain ?? "", IsRelayHost = isRelayHost, Fate = fate });
        bool hadAny = _earlier.Count > 0;
        _earlier.Clear();
        return hadAny;
    }

    /// <summary>Counts all that is known, where no line tells how the delivery ended.</summary>
    public void EmitAll(DeliveryLedger ledger)
    {
        PassOver();
        EmitEarlier(ledger, "", isRelayHost: false, DeliveryFate.Unknown);
    }

    private static bool IsVague(DeliveryFault fault) => fault is DeliveryFault.CertificateUnverified or DeliveryFault.CertificateUntrusted
        or DeliveryFault.Handshake or DeliveryFault.OwnSettings or DeliveryFault.TlsaLookup;
}
