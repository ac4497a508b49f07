using Waxseal.Protocol.TlsRpt.Defects;
using Waxseal.Protocol.TlsRpt.Forms;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>Reads one failure detail (RFC 8460 §4.4).</summary>
internal struct FailureParser
{
    private string? _resultType;
    private string? _sendingMtaIp;
    private string? _receivingMxHost;
    private string? _receivingMxHelo;
    private string? _receivingIp;
    private long? _failedSessions;
    private string? _additionalInformation;
    private string? _misnamedAdditionalInformation;
    private string? _failureReasonCode;
    private string? _misnamedFailureReasonCode;

    public static FailureDetail Read(ref ReportCursor cursor)
    {
        var parser = new FailureParser();
        ResultType type = ResultType.Other;
        var seen = new MembersSeen();
        while (cursor.TryReadMember(ReportObject.FailureDetail, ref seen, out ReportMember member))
        {
            parser.ReadMember(member, ref cursor);
            if (member == ReportMember.ResultType)
                type = TypeOf(parser._resultType, ref cursor);
        }

        return parser.ToFailure(type, ref cursor);
    }

    private void ReadMember(ReportMember member, ref ReportCursor cursor)
    {
        switch (member)
        {
            case ReportMember.ResultType:
                _resultType = cursor.ReadText();
                break;
            case ReportMember.SendingMtaIp:
                _sendingMtaIp = ReadAddress(ref cursor);
                break;
            case ReportMember.ReceivingMxHostname:
                _receivingMxHost = cursor.ReadText();
                break;
            case ReportMember.ReceivingMxHelo:
                _receivingMxHelo = ReadHelo(ref cursor);
                break;
            case ReportMember.ReceivingIp:
                _receivingIp = ReadAddress(ref cursor);
                break;
            case ReportMember.FailedSessionCount:
                _failedSessions = cursor.ReadCount();
                break;
            case ReportMember.AdditionalInformation:
                _additionalInformation = ReadUri(ref cursor);
                break;
            case ReportMember.MisnamedAdditionalInformation:
                cursor.Note(TolerableDefects.MemberMisnamed);
                _misnamedAdditionalInformation = ReadUri(ref cursor);
                break;
            case ReportMember.FailureReasonCode:
                _failureReasonCode = cursor.ReadText();
                break;
            case ReportMember.MisnamedFailureReasonCode:
                cursor.Note(TolerableDefects.MemberMisnamed);
                _misnamedFailureReasonCode = cursor.ReadText();
                break;
        }
    }

    private readonly FailureDetail ToFailure(ResultType type, ref ReportCursor cursor)
    {
        if (_resultType is null)
            cursor.NoteMissing(TolerableDefects.ResultTypeMissing, ReportMember.ResultType);
        if (_failedSessions is null)
            cursor.NoteMissing(TolerableDefects.CountMissing, ReportMember.FailedSessionCount);

        return new FailureDetail
        {
            Type = type,
            TypeText = _resultType ?? "",
            FailedSessions = _failedSessions ?? 0,
            SendingMtaIp = _sendingMtaIp,
            ReceivingMxHost = _receivingMxHost,
            ReceivingMxHelo = _receivingMxHelo,
            ReceivingIp = _receivingIp,
            AdditionalInformation = _additionalInformation ?? _misnamedAdditionalInformation,
            FailureReasonCode = _failureReasonCode ?? _misnamedFailureReasonCode,
        };
    }

    private static ResultType TypeOf(string? word, ref ReportCursor cursor)
    {
        if (word is null)
            return ResultType.Other;

        ResultType type = ResultTypes.FromWord(word);
        if (type != ResultType.Other)
            return type;

        // RFC 8460 §4.3: the words are in lower case. Deviation: another case is read as the word meant
        // (corpus/reports/types-in-capitals.json). Unknown words are kept: the registry may grow (RFC 8460 §6.6).
        type = ResultTypes.FromWord(word.ToLowerInvariant());
        cursor.Note(type == ResultType.Other ? TolerableDefects.ResultTypeUnknown : TolerableDefects.ResultTypeCase);
        return type;
    }

    // RFC 8460 §4.4: IPv4 in dotted decimals, IPv6 in the form of RFC 5952 §4.
    private static string? ReadAddress(ref ReportCursor cursor)
    {
        string? text = cursor.ReadText();
        if (text is null)
            return null;

        if (!AddressText.TryNormalize(text, out string? normal))
            cursor.Note(TolerableDefects.AddressInvalid);
        else if (normal != text)
            cursor.Note(TolerableDefects.AddressForm);
        return text;
    }

    private static string? ReadUri(ref ReportCursor cursor)
    {
        string? text = cursor.ReadText();
        if (text is not null && !UriText.IsUri(text))
            cursor.Note(TolerableDefects.UriInvalid);
        return text;
    }

    // RFC 8460 §4.4: the string announced. Deviation: of a whole SMTP reply the host name is kept, as Postfix hands its
    // reporter all lines of it (corpus/reports/helo-whole-response.json).
    private static string? ReadHelo(ref ReportCursor cursor)
    {
        string? text = cursor.ReadText();
        if (text is null || !HeloText.TryReduce(text, out string? name))
            return text;

        cursor.Note(TolerableDefects.HeloWhole);
        return name;
    }
}
