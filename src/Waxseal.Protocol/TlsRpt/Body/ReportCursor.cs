using System.Text;
using System.Text.Json;
using Waxseal.Protocol.TlsRpt.Defects;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>
/// Moves over the JSON text of a report and knows the place for every defect. After one that ends the reading it stands
/// still: all further reading finds nothing and adds nothing, so that callers look at <see cref="IsUsable"/> only at the
/// end.
/// </summary>
internal ref struct ReportCursor
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly DefectList _defects;
    private readonly JsonPath _path = new();
    private readonly RecentTexts _texts = new();
    private readonly int _start;
    private Utf8JsonReader _json;

    public ReportCursor(ReadOnlySpan<byte> text, DefectList defects)
    {
        _text = text;
        _defects = defects;
        if (text.Length > ReportLimits.BodyBytes)
        {
            NoteAt(FatalDefects.BodyTooLong, "", ReportLimits.BodyBytes);
            _text = [];
        }
        else if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            // RFC 8259 §8.1: no byte order mark. Deviation: a receiver may skip it, and some senders write one
            // (corpus/reports/byte-order-mark.json).
            NoteAt(TolerableDefects.ByteOrderMark, "", 0);
            _start = Encoding.UTF8.Preamble.Length;
        }

        // One level more than allowed, so that our own check speaks first.
        var options = new JsonReaderOptions { MaxDepth = ReportLimits.Depth + 1 };
        _json = new Utf8JsonReader(_text[_start..], options);
    }

    /// <summary>Whether no fatal defect was met.</summary>
    public readonly bool IsUsable => !_defects.IsFatal;

    /// <summary>How many entries of lists were kept so far.</summary>
    public int ListEntries { get; set; }

    /// <summary>How many failure details were read so far.</summary>
    public int FailureDetails { get; set; }

    public readonly JsonTokenType Token => _json.TokenType;

    /// <summary>The byte offset of the token.</summary>
    public readonly long Offset => _start + _json.TokenStartIndex;

    /// <summary>Whether the token is a string with characters in it.</summary>
    public readonly bool IsText => Token == JsonTokenType.String && !_json.ValueSpan.IsEmpty;

    /// <summary>The JSON pointer of the token.</summary>
    public readonly string Pointer() => _path.ToPointer(_json.CurrentDepth);

    /// <summary>Moves to the next token; false at the end of the text and where it is broken.</summary>
    public bool Next()
    {
        if (_defects.IsOver)
            return false;

        try
        {
            // RFC 8460 §4: an I-JSON text: one value, no comments, no trailing commas.
            if (!_json.Read())
                return false;
        }
        catch (JsonException e)
        {
            // The framework has no Try form of this step.
            FailNotJson(e);
            return false;
        }

        if (Token is JsonTokenType.StartObject or JsonTokenType.StartArray && _json.CurrentDepth >= ReportLimits.Depth)
            Note(FatalDefects.TooDeep);
        return !_defects.IsOver;
    }

    /// <summary>
    /// Moves to the value of the next known member of the object; false at its end. Members not known are passed over.
    /// </summary>
    public bool TryReadMember(ReportObject parent, ref MembersSeen seen, out ReportMember member)
    {
        while (Next() && Token == JsonTokenType.PropertyName)
        {
            member = EnterMember(parent, ref seen);
            if (!Next())
                break;
            if (member != ReportMember.Unknown)
                return true;

            // RFC 8460 §4.4 says nothing of further members: they are ignored.
            Skip();
        }

        member = ReportMember.Unknown;
        return false;
    }

    /// <summary>Moves to the next element of the array; false at its end.</summary>
    /// <param name="index">The index of that element, from 0.</param>
    public bool TryReadElement(int index)
    {
        if (!Next() || Token == JsonTokenType.EndArray)
            return false;

        _path.Enter(_json.CurrentDepth, index);
        return true;
    }

    /// <summary>
    /// Whether the value is an object or array as wanted. Null counts as absent; anything else is fatal, for there may
    /// be numbers in it, and passed over.
    /// </summary>
    public bool Is(JsonTokenType wanted) => Is(wanted, TolerableDefects.ExplicitNull);

    /// <summary>Whether the value is an object or array as wanted, which the report cannot be without.</summary>
    public bool IsRequired(JsonTokenType wanted) => Is(wanted, FatalDefects.MemberMissing);

    /// <summary>Reads a text; null when it is absent, empty or of another type.</summary>
    public string? ReadText()
    {
        switch (Token)
        {
            case JsonTokenType.String when IsText:
                return ReadString();
            case JsonTokenType.String:
                Note(TolerableDefects.EmptyText);
                return null;
            case JsonTokenType.Null:
                Note(TolerableDefects.ExplicitNull);
                return null;
            default:
                Note(TolerableDefects.ValueIgnored);
                Skip();
                return null;
        }
    }

    /// <summary>Reads a text the report cannot be without.</summary>
    public string? ReadRequiredText()
    {
        if (IsText)
            return ReadString();

        Refuse(Token is JsonTokenType.String or JsonTokenType.Null ? FatalDefects.MemberMissing : FatalDefects.WrongType);
        return null;
    }

    /// <summary>Reads the string that is the token, empty or not.</summary>
    public readonly string ReadString()
    {
        if (!_json.ValueIsEscaped && _texts.Find(_json.ValueSpan) is { } known)
            return known;

        string text = JsonText.Decode(_json.ValueSpan, _json.ValueIsEscaped, out bool isCut, out bool isRepaired);
        _texts.Keep(_json.ValueSpan, text);
        if (isCut)
            Note(TolerableDefects.TextCut);
        if (isRepaired)
            Note(TolerableDefects.BadCharacters);
        return text;
    }

    /// <summary>Reads a number of sessions; null when it is absent.</summary>
    public long? ReadCount()
    {
        if (Token == JsonTokenType.Null)
        {
            Note(TolerableDefects.ExplicitNull);
            return null;
        }

        if (Token is not (JsonTokenType.Number or JsonTokenType.String))
        {
            Refuse(FatalDefects.WrongType);
            return null;
        }

        if (!TryParseCount(_json.ValueSpan, out long count))
            Note(FatalDefects.CountInvalid);
        else if (Token == JsonTokenType.String)
            Note(TolerableDefects.CountIsText);
        return count;
    }

    /// <summary>Passes over the value that begins here, however deep.</summary>
    public void Skip()
    {
        if (Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;

        int depth = _json.CurrentDepth;
        while (Next() && _json.CurrentDepth > depth)
        {
        }
    }

    /// <summary>Notes a defect of the value; one after which nothing can be read ends the reading.</summary>
    public readonly void Note(DefectKind kind)
    {
        if (_defects.Counts(kind))
            _defects.Add(kind.At(Pointer(), Offset));
    }

    /// <summary>Notes that the object, at its end, lacks a member.</summary>
    public readonly void NoteMissing(DefectKind kind, ReportMember member)
    {
        if (_defects.Counts(kind))
            _defects.Add(kind.At($"{Pointer()}/{ReportMembers.Name(member)}", Offset));
    }

    public readonly void NoteAt(DefectKind kind, string pointer, long offset)
    {
        if (_defects.Counts(kind))
            _defects.Add(kind.At(pointer, offset));
    }

    private bool Is(JsonTokenType wanted, DefectKind whenNull)
    {
        if (Token == wanted)
            return true;

        Refuse(Token == JsonTokenType.Null ? whenNull : FatalDefects.WrongType);
        return false;
    }

    /// <summary>Notes a defect of the value and passes over it.</summary>
    private void Refuse(DefectKind kind)
    {
        Note(kind);
        Skip();
    }

    // RFC 8460 §4.4: an integer. Deviation: digits in a string are read too (corpus/reports/counts-as-text.json).
    private static bool TryParseCount(ReadOnlySpan<byte> digits, out long count)
    {
        count = 0;
        if (digits.Length is 0 or > 16)
            return false;

        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            count = (count * 10) + (digit - '0');
        }

        return count <= ReportLimits.Sessions;
    }

    private readonly ReportMember EnterMember(ReportObject parent, ref MembersSeen seen)
    {
        string? unknownName = null;
        ReportMember member = _json.ValueIsEscaped ? ReportMember.Unknown : ReportMembers.Find(parent, _json.ValueSpan);
        if (member == ReportMember.Unknown)
        {
            unknownName = JsonText.Decode(_json.ValueSpan, _json.ValueIsEscaped, out _, out _);
            member = ReportMembers.Find(parent, Encoding.UTF8.GetBytes(unknownName));
        }

        bool isKnown = member != ReportMember.Unknown;
        _path.Enter(_json.CurrentDepth, member, unknownName);

        // RFC 7493 §2.3: no member name twice. Those of objects that are passed over are not compared: nothing of
        // them is read.
        if (!(isKnown ? seen.TryAdd(member) : seen.TryAdd(unknownName!)))
            Note(FatalDefects.MemberRepeated);
        if (seen.Count > ReportLimits.Members)
            Note(FatalDefects.TooManyMembers);
        return member;
    }

    private readonly void FailNotJson(JsonException e)
    {
        // The exception counts lines from 0 and bytes within the line.
        ReadOnlySpan<byte> rest = _text[_start..];
        int offset = 0;
        for (long line = e.LineNumber ?? 0; line > 0; line--)
            offset += rest[offset..].IndexOf((byte)'\n') + 1;
        offset = (int)Math.Min(offset + (e.BytePositionInLine ?? 0), rest.Length);

        string? detail = offset < rest.Length ? null : "It ends before it is complete.";
        if (_defects.Counts(FatalDefects.NotJson))
            _defects.Add(FatalDefects.NotJson.At(Pointer(), _start + offset, detail));
    }
}
