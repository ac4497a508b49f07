using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>Reads one TLSA record out of the words of one entry of a zone file (RFC 6698 §2.2).</summary>
internal ref struct EntryReader(ReadOnlySpan<byte> text, IReadOnlyList<Token> words)
{
    private const uint LongTtl = 24 * 60 * 60;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly IReadOnlyList<Token> _words = words;
    private readonly List<(Problem Problem, bool IsCorrectable)> _problems = [];
    private readonly Token[] _parts = new Token[Enum.GetValues<RecordPart>().Length];
    private string? _owner;
    private string? _rightOwner;

    /// <summary>Reads the entry.</summary>
    /// <param name="loneParenthesis">Offset of a parenthesis in the entry without counterpart, or null.</param>
    /// <param name="problems">Where the problems of the entry go.</param>
    /// <returns>The record, or null when it cannot be told what it is.</returns>
    public TlsaEntry? Read(int? loneParenthesis, ImmutableArray<Problem>.Builder problems)
    {
        if (loneParenthesis is { } offset)
            AddLoneParenthesis(offset);

        EntryHead? head = EntryHead.Read(_text, _words);
        TlsaRecord? record = null;
        string? correction = null;
        if (head is null)
        {
            AddError("tlsa-type-other", _words[0], "This is no TLSA record. Only TLSA records are checked here.", "RFC 6698 §2.2");
        }
        else
        {
            CheckHead(head);
            record = ReadData(head.Length);
            if (record is not null)
                Advise(record);
            correction = Correct(head, record);
        }

        foreach ((Problem problem, bool isCorrectable) in _problems)
            problems.Add(isCorrectable ? problem with { Correction = correction } : problem);
        return record is null ? null : new TlsaEntry(_owner, record, Place.Of(_text, _words[0].Offset));
    }

    private readonly string? Correct(EntryHead head, TlsaRecord? record) =>
        record is not null && RecordAdvice.Correct(record) is { } right
            ? $"{head.Correct(_text, _rightOwner ?? _owner)}{right}"
            : null;

    private void CheckHead(EntryHead head)
    {
        if (head.Length > 0 && !head.HasType)
        {
            Add(
                "tlsa-type-missing",
                ProblemSeverity.Error,
                _words[head.Length < _words.Count ? head.Length : ^1],
                "The type TLSA is missing before the data of the record.",
                "RFC 6698 §2.2",
                isTolerable: true,
                isCorrectable: true);
        }

        if (head.Stranger is { } stranger)
        {
            Add(
                "tlsa-head-unknown-word",
                ProblemSeverity.Error,
                stranger,
                "Only a TTL and the class IN can stand between owner name and type.",
                "RFC 6698 §2.2",
                isTolerable: true,
                isCorrectable: true);
        }

        CheckOwner(head.Owner);
        if (head.Ttl is { } ttl && head.Seconds(_text) is null or > LongTtl)
        {
            Add(
                "tlsa-ttl-long",
                ProblemSeverity.Warning,
                ttl,
                "After an unplanned change of key, senders hold on to the old record for this long. One hour is usual.",
                "RFC 7671 §13");
        }
    }

    private void CheckOwner(Token? word)
    {
        if (word is not { } owner)
            return;

        _owner = Encoding.UTF8.GetString(owner.In(_text));
        if (OwnerName.FaultOf(_owner) is not { } fault)
            return;

        _rightOwner = fault.Correction;
        Add(
            fault.Code,
            ProblemSeverity.Warning,
            owner,
            fault.Message,
            "RFC 7672 §2.2.3",
            isCorrectable: fault.Correction is not null);
    }

    private TlsaRecord? ReadData(int next)
    {
        if (next < _words.Count && _words[next].In(_text).SequenceEqual("\\#"u8))
            return ReadGeneric(next + 1);

        byte? usage = ReadNumber(RecordPart.Usage, next);
        byte? selector = ReadNumber(RecordPart.Selector, next + 1);
        byte? type = ReadNumber(RecordPart.MatchingType, next + 2);
        byte[]? data = ReadHex(next + 3);
        return usage is null || selector is null || type is null || data is null
            ? null
            : new TlsaRecord((TlsaUsage)usage, (TlsaSelector)selector, (TlsaMatchingType)type, [.. data]);
    }

    // RFC 3597 §5: \# length hexadecimal digits, for programs that do not know the type.
    private TlsaRecord? ReadGeneric(int next)
    {
        byte[]? rdata = ReadHex(next + 1);
        if (rdata is null)
            return null;

        bool isWhole = ushort.TryParse(
            _words[next].In(_text), NumberStyles.None, CultureInfo.InvariantCulture, out ushort length)
            && length == rdata.Length;
        if (isWhole && TlsaRecord.TryParse(rdata, out TlsaRecord? record))
        {
            Array.Fill(_parts, _parts[(int)RecordPart.Data]);
            return record;
        }

        AddError(
            "tlsa-generic-length",
            _words[next],
            $"The number after \\# has to count the octets that follow, which are {rdata.Length}, and at least 3.",
            "RFC 3597 §5");
        return null;
    }

    // RFC 6698 §2.2: usage, selector and matching type are 8-bit unsigned integers.
    private byte? ReadNumber(RecordPart part, int index)
    {
        (string code, string name) = Names(part);
        if (index >= _words.Count)
        {
            AddAtEnd($"tlsa-{code}-missing", $"The {name} is missing. A record is written like 3 1 1 and 64 digits.");
            return null;
        }

        _parts[(int)part] = _words[index];
        ReadOnlySpan<byte> word = _words[index].In(_text);
        if (byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
            return number;
        if (Acronyms.TryFind(part, word, out number))
        {
            Add(
                $"tlsa-{code}-not-a-number",
                ProblemSeverity.Error,
                _words[index],
                $"The {name} has to be the number {number} here; the word is for people only.",
                "RFC 6698 §2.2",
                isTolerable: true,
                isCorrectable: true);
            return number;
        }

        bool isNumber = !word.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        AddError(
            isNumber ? $"tlsa-{code}-out-of-range" : $"tlsa-{code}-not-a-number",
            _words[index],
            $"The {name} has to be a number from 0 to 255. A record is written like 3 1 1 and 64 digits.",
            "RFC 6698 §2.2");
        return null;
    }

    private byte[]? ReadHex(int next)
    {
        if (next < _words.Count)
            _parts[(int)RecordPart.Data] = _words[next];

        HexReading hex = HexReading.Of(_text, _words.Skip(next));
        if (hex.Fault == HexFault.Missing)
        {
            AddAtEnd("tlsa-data-missing", "The digits of the certificate or key are missing.");
        }
        else if (hex.Fault != HexFault.None)
        {
            (string code, string message) = Describe(hex.Fault);
            bool isKnown = hex.Octets is not null;
            Add(code, ProblemSeverity.Error, WordAt(hex.Offset), message, "RFC 6698 §2.2", isKnown, isKnown);
        }

        return hex.Octets;
    }

    private static (string Code, string Message) Describe(HexFault fault) => fault switch
    {
        HexFault.OddDigits => ("tlsa-data-odd", "The number of hexadecimal digits is odd, so one is missing or one too many."),
        HexFault.Prefixed => ("tlsa-data-prefixed", "Hexadecimal digits stand here without 0x before them."),
        HexFault.Separated => ("tlsa-data-separated", "Hexadecimal digits stand here without colons between them."),
        HexFault.Base64 => ("tlsa-data-base64", "This is base64. Write the digest in hexadecimal digits."),
        _ => ("tlsa-data-not-hexadecimal", "Only the digits 0 to 9 and A to F, and white space between them, can stand here."),
    };

    private readonly void Advise(TlsaRecord record)
    {
        TlsaRecord? right = RecordAdvice.Correct(record);
        foreach (RecordAdvice advice in RecordAdvice.On(record))
        {
            // A record of the wrong content still stands on the wire; a sender goes on, without using it.
            Add(
                advice.Code,
                advice.Severity,
                _parts[(int)advice.Part],
                advice.Message,
                advice.Rule,
                isTolerable: advice.Severity == ProblemSeverity.Error,
                isCorrectable: right is not null && RecordAdvice.On(right).All(left => left.Code != advice.Code));
        }
    }

    private readonly void AddLoneParenthesis(int offset) => Add(
        "tlsa-parenthesis-alone",
        ProblemSeverity.Error,
        new Token(offset, 1),
        "A parenthesis without its counterpart. Lines that belong together stand between ( and ).",
        "RFC 1035 §5.1",
        isTolerable: true,
        isCorrectable: true);

    private readonly void AddAtEnd(string code, string message) =>
        AddError(code, new Token(_words[^1].Offset + _words[^1].Length, 0), message, "RFC 6698 §2.2");

    private readonly void AddError(string code, Token word, string message, string rule) =>
        Add(code, ProblemSeverity.Error, word, message, rule);

    private readonly void Add(
        string code,
        ProblemSeverity severity,
        Token word,
        string message,
        string rule,
        bool isTolerable = false,
        bool isCorrectable = false)
    {
        ReadOnlySpan<byte> piece = word.In(_text);
        var problem = new Problem(code, severity, Place.Of(_text, word.Offset), message, rule)
        {
            Text = piece.IsEmpty ? null : Encoding.UTF8.GetString(piece[..Math.Min(piece.Length, 100)]),
            IsTolerable = isTolerable,
        };
        _problems.Add((problem, isCorrectable));
    }

    private readonly Token WordAt(int offset)
    {
        Token word = _words.First(word => offset < word.Offset + word.Length);
        return new Token(offset, word.Offset + word.Length - offset);
    }

    private static (string Code, string Name) Names(RecordPart part) => part switch
    {
        RecordPart.Usage => ("usage", "certificate usage"),
        RecordPart.Selector => ("selector", "selector"),
        _ => ("matching-type", "matching type"),
    };
}
