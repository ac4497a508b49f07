namespace Waxseal.Protocol.Diagnosis.MailLogs.Servers;

/// <summary>
/// The text of a bounce or of another notice: the fields of a delivery status (RFC 3464 §2), and sentences for people. The fields
/// count; where there are none, the sentences do.
/// </summary>
internal sealed class NoticeText(DeliveryLedger ledger)
{
    // More recipients of one mail fail alike.
    private const int MostHeld = 200;
    private const int MostFields = 40;

    private static readonly string[] Fields = ["reporting-mta", "final-recipient", "original-recipient", "action", "status", "remote-mta", "diagnostic-code", "last-attempt-date", "arrival-date"];

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly List<DeliveryFailure> _ofFields = [];
    private readonly List<DeliveryFailure> _ofSentences = [];
    private string _reportingMta = "";
    private string _sentence = "";
    private string? _lastField;
    private string? _domain;

    // Lines of which it is not known yet whether anything is made of them: of the fields at hand, of those about the whole mail, of the
    // sentence at hand, and of the sentence that named the domain.
    private int _fieldLines;
    private int _mailLines;
    private int _sentenceLines;
    private int _domainLines;
    private long _sentenceAt;
    private DateTimeOffset? _arrival;

    /// <summary>The date of the mail; null without one.</summary>
    public DateTimeOffset? MailDate { get; set; }

    public void Read(string line)
    {
        bool continues = line.Length > 0 && line[0] is ' ' or '\t';
        string text = line.Trim().TrimStart('>').Trim();
        if (continues && text.Length > 0 && _lastField is not null)
        {
            _fields[_lastField] = Cut($"{_fields[_lastField]} {text}");
            _fieldLines++;
            return;
        }

        if (FieldOf(text) is { } field)
        {
            // RFC 3464 §2.1: a group of fields for each recipient.
            if ((field.Name == "final-recipient" && _fields.ContainsKey(field.Name)) || _fields.Count >= MostFields)
                EndGroup();
            _lastField = field.Name;
            _fields[field.Name] = field.Value;
            _fieldLines++;
            return;
        }

        _lastField = null;
        if (text.Length == 0)
        {
            EndGroup();
            EndSentence();
            ledger.OtherLines++;
            return;
        }

        if (continues && _sentence.Length > 0)
        {
            _sentence = Cut($"{_sentence} {text}");
            _sentenceLines++;
            return;
        }

        EndSentence();
        (_sentence, _sentenceLines, _sentenceAt) = (text, 1, ledger.Lines);
    }

    /// <summary>Tells that the notice ends here.</summary>
    public void Finish()
    {
        EndGroup();
        EndSentence();

        // A bounce tells one thing twice, in a sentence for people and in fields for programs; and some in several sentences.
        foreach (DeliveryFailure failure in _ofFields.Count > 0 ? _ofFields : _ofSentences.Where(IsToldFirst))
            ledger.Add(failure with { When = failure.When ?? MailDate ?? _arrival });
        ledger.OtherLines += _domainLines + (_ofFields.Count > 0 ? 0 : _mailLines);
        (_domainLines, _mailLines) = (0, 0);
        _ofFields.Clear();
        _ofSentences.Clear();
        _reportingMta = "";
        _arrival = null;
        _domain = null;
    }

    private bool IsToldFirst(DeliveryFailure failure) =>
        ReferenceEquals(failure, _ofSentences.Find(told => told.Fault == failure.Fault && told.PolicyDomain == failure.PolicyDomain))
        && (failure.PolicyDomain.Length > 0 || !_ofSentences.Exists(told => told.Fault == failure.Fault && told.PolicyDomain.Length > 0));

    private static (string Name, string Value)? FieldOf(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 5 or > 20)
            return null;
        string name = text[..colon].ToLowerInvariant();
        return Fields.Contains(name) ? (name, text[(colon + 1)..].Trim()) : null;
    }

    // RFC 3464 §2.3: Final-Recipient, Action and Status; Remote-MTA and Diagnostic-Code where they are known.
    private void EndGroup()
    {
        int lines = _fieldLines;
        _fieldLines = 0;
        if (lines == 0)
            return;
        _reportingMta = _fields.TryGetValue("reporting-mta", out string? reporting) ? LogText.Host(AfterType(reporting)) ?? "" : _reportingMta;
        _arrival = TimeOf(_fields.GetValueOrDefault("arrival-date", "")) ?? _arrival;
        string recipient = _fields.GetValueOrDefault("final-recipient", _fields.GetValueOrDefault("original-recipient", ""));
        string diagnostic = _fields.GetValueOrDefault("diagnostic-code", "");
        string status = LogText.Status(_fields.GetValueOrDefault("status", "")) ?? LogText.Status(diagnostic) ?? "";
        if (LogText.DomainOfAddress(recipient) is { } domain)
            _domain = domain;
        KnownText? known = recipient.Length == 0 ? null : KnownTexts.Of($"status: {status} {diagnostic}");
        if (recipient.Length == 0)
            _mailLines += lines;
        else if (known is null && TlsWords.TellTrouble($"error {diagnostic}"))
            ledger.AddUnread(diagnostic);
        else if (known is null)
            ledger.OtherLines += lines;
        if (known is not null && _ofFields.Count < MostHeld)
        {
            string text = diagnostic.Length > 0 ? AfterType(diagnostic) : status;
            _ofFields.Add(FailureOf(known, text) with
            {
                Software = diagnostic.StartsWith("x-postfix", StringComparison.OrdinalIgnoreCase) ? MailSoftware.Postfix : known.Software,
                PolicyDomain = LogText.DomainOfAddress(recipient) ?? "",
                MxHost = LogText.Host(AfterType(_fields.GetValueOrDefault("remote-mta", ""))) ?? MxHostIn(text),
                Status = status.Length > 0 ? status : null,
                When = TimeOf(_fields.GetValueOrDefault("last-attempt-date", "")),
                Fate = _fields.GetValueOrDefault("action", "").ToLowerInvariant() switch
                {
                    "failed" => DeliveryFate.Returned,
                    "delayed" => DeliveryFate.HeldBack,
                    _ => FateOf(status),
                },
            });
        }

        _fields.Clear();
        _lastField = null;
    }

    private void EndSentence()
    {
        string text = _sentence;
        _sentence = "";
        if (text.Length == 0)
            return;
        KnownText? known = KnownTexts.Of(text);
        string? domain = LogText.DomainOfAddress(text);
        _domain = domain ?? _domain;
        if (known is null)
            NotKnown(text, namesDomain: domain is not null);
        if (known is null)
            return;
        _domainLines = 0;
        string status = LogText.Status(text) ?? "";
        if (_ofSentences.Count < MostHeld)
        {
            _ofSentences.Add(FailureOf(known, text) with
            {
                PolicyDomain = LogText.Host(LogText.Between(text, "MX hosts of '", "'")) ?? LogText.DomainOfAddress(text) ?? _domain ?? "",
                MxHost = MxHostIn(text),
                Status = status.Length > 0 ? status : null,
                Fate = FateOf(status),
            });
        }
    }

    private void NotKnown(string text, bool namesDomain)
    {
        if (ServerReply.IsIn(text.ToLowerInvariant()) && TlsWords.TellTrouble($"error {text}"))
        {
            ledger.AddUnread(text, _sentenceAt);
            return;
        }

        ledger.OtherLines += namesDomain ? _domainLines : _sentenceLines;
        _domainLines = namesDomain ? _sentenceLines : _domainLines;
    }

    private DeliveryFailure FailureOf(KnownText known, string text) => new(known.Fault, text)
    {
        Source = DeliverySource.Bounce,
        Software = known.Software,
        Observer = _reportingMta,
        Stated = known.Stated,
    };

    private static string? MxHostIn(string text) =>
        LogText.Host(LogText.Between(text, "LastAttemptedServerName=", "]"))
        ?? LogText.HostAndAddress(LogText.After(text, "offered by host ")).Host
        ?? LogText.HostAndAddress(LogText.After(text, "advertised by host ")).Host
        ?? LogText.Host(LogText.Between(text, "TLS error from '", "'"))
        ?? LogText.Host(LogText.Between(text, "FQDN=", "}"))
        ?? LogText.HostAndAddress(LogText.Between(text, "host ", "]") is { } host ? $"{host}]" : null).Host;

    private static DeliveryFate FateOf(string status) => status.Length == 0 ? DeliveryFate.Unknown : status[0] == '5' ? DeliveryFate.Returned : DeliveryFate.HeldBack;

    // RFC 3464 §2.1.2: a type before the value, such as "dns; mx.example.com".
    private static string AfterType(string value) => value[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();

    // RFC 5322 §3.3, with a comment that names the zone after it.
    private static DateTimeOffset? TimeOf(string value) =>
        DateTimeOffset.TryParse(value.Split('(')[0].Trim(), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.ToUniversalTime()
            : null;

    private static string Cut(string text) => text.Length > DeliveryLimits.LineLength ? text[..DeliveryLimits.LineLength] : text;
}
