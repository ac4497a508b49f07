using MimeKit;

namespace Waxseal.Mail;

/// <summary>Lists the leaf parts of a mail, those of the mails within it included, and keeps to the limits while reading.</summary>
internal sealed class MailParts : MimeReader
{
    private static readonly ParserOptions Bounds = new() { MaxMimeDepth = MailLimits.Depth };

    private readonly ReadOnlyMemory<byte> _mail;
    private readonly HeaderGuard _stream;
    private readonly List<MailPart> _parts = [];
    private readonly Stack<(ReportMail Mail, int FirstPart, long Begin)> _mails = [];
    private List<Header> _headers = [];
    private string? _limit;

    private MailParts(ReadOnlyMemory<byte> mail, HeaderGuard stream)
        : base(Bounds, stream, MimeFormat.Entity)
    {
        _mail = mail;
        _stream = stream;
    }

    /// <summary>Reads a mail.</summary>
    /// <param name="mail">The whole mail.</param>
    /// <param name="fault">Why the list is cut short, as the end of a sentence; null when it is whole.</param>
    public static List<MailPart> Of(ReadOnlyMemory<byte> mail, out string? fault)
    {
        using HeaderGuard stream = new(mail);
        MailParts reader = new(mail, stream);
        try
        {
            reader.ReadMessage();
            fault = stream.IsCut ? reader._limit : null;
        }
        catch (FormatException exception)
        {
            fault = stream.IsCut ? reader._limit : $"is not a mail that can be read: {exception.Message.TrimEnd('.')}";
        }

        return reader._parts;
    }

    protected override void OnHeadersBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        _headers = [];
        if (_stream.IsCut)
            return;
        _limit = $"has a header of more than {MailLimits.HeaderBytes} bytes";
        _stream.Allow(MailLimits.HeaderBytes);
    }

    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken) =>
        _headers.Add(header);

    protected override void OnHeadersEnd(
        long beginOffset, int beginLineNumber, long endOffset, int endLineNumber, CancellationToken cancellationToken)
    {
        if (!_stream.IsCut)
            _stream.AllowAll();
    }

    protected override void OnMimeMessageBegin(
        long beginOffset, int beginLineNumber, CancellationToken cancellationToken) =>
        _mails.Push((ReportMail.Of(_headers) with { IsEnclosed = _mails.Count > 0 }, _parts.Count, beginOffset));

    protected override void OnMimeMessageEnd(
        long beginOffset,
        int beginLineNumber,
        long headersEndOffset,
        long endOffset,
        int lines,
        CancellationToken cancellationToken)
    {
        // Where a mail ends is known only now, when its parts are.
        (ReportMail mail, int first, long begin) = _mails.Pop();
        ReportMail whole = mail with { Bytes = _mail[(int)begin..(int)endOffset] };
        for (int i = first; i < _parts.Count; i++)
            _parts[i] = ReferenceEquals(_parts[i].Mail, mail) ? _parts[i] with { Mail = whole } : _parts[i];
    }

    protected override void OnMimePartContentEnd(
        long beginOffset,
        int beginLineNumber,
        long endOffset,
        int lines,
        NewLineFormat? newLineFormat,
        CancellationToken cancellationToken)
    {
        if (_stream.IsCut)
            return;

        if (_parts.Count < MailLimits.Parts)
        {
            _parts.Add(MailPart.Of(_headers, _mail[(int)beginOffset..(int)endOffset], _mails.Peek().Mail));
            return;
        }

        _limit = $"has more than {MailLimits.Parts} parts";
        _stream.Cut();
    }
}
