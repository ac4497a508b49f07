using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>Reads one entry of a zone file as TLSA record.</summary>
internal ref struct EntryReader(ReadOnlySpan<byte> text, IReadOnlyList<Piece> words, ProblemList problems)
{
    // RFC 7671 §13 asks for a short time and names none; a day is beyond what anyone would call short.
    private const uint LongTtl = 24 * 60 * 60;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly IReadOnlyList<Piece> _words = words;
    private readonly ProblemList _problems = problems;
    private string? _owner;
    private string? _rightOwner;

    /// <summary>Reads the entry.</summary>
    /// <param name="loneParenthesis">Offset of a parenthesis in the entry without counterpart, or null.</param>
    /// <returns>The record, or null when it cannot be told what it is.</returns>
    public TlsaEntry? Read(int? loneParenthesis)
    {
        if (loneParenthesis is { } offset)
            AddLoneParenthesis(offset);

        TlsaRecord? record = null;
        string? correction = null;
        if (EntryHead.Read(_text, _words) is { } head)
        {
            CheckHead(head);
            record = ReadRecord(head);
            correction = Correct(head, record);
        }
        else
        {
            _problems.Error("tlsa-type-other", _words[0], "This is neither a TLSA record nor a record of another type. Is the type misspelt?");
        }

        _problems.Mend(correction);
        return record is null ? null : new TlsaEntry(_owner, record, Place.Of(_text, _words[0].Offset));
    }

    private readonly TlsaRecord? ReadRecord(EntryHead head)
    {
        var reader = new RdataReader(_text, _words, _problems);
        if (reader.Read(head.Length) is not { } record)
            return null;

        TlsaRecord? right = RecordAdvice.Correct(record);
        foreach (RecordAdvice advice in RecordAdvice.On(record))
        {
            bool needsAuthor = right is null || RecordAdvice.On(right).Any(left => left.Code == advice.Code);
            advice.AddTo(_problems, reader.WordOf(advice.Part), needsAuthor);
        }

        return record;
    }

    private readonly string? Correct(EntryHead head, TlsaRecord? record) =>
        record is not null && RecordAdvice.Correct(record) is { } right
            ? $"{head.Correct(_text, _rightOwner ?? _owner)}{right}"
            : null;

    private void CheckHead(EntryHead head)
    {
        if (head.Length > 0 && !head.HasType)
        {
            _problems.Tolerable("tlsa-type-missing", _words[head.Length],
                "The type TLSA is missing before the record.");
        }

        if (head.Stranger is { } stranger)
        {
            _problems.Tolerable("tlsa-head-unknown-word", stranger,
                "Only a TTL and the class IN can stand between owner name and type.");
        }

        if (head.Owner is { } owner)
            CheckOwner(owner);

        if (head.Ttl is { } ttl && head.Seconds(_text) is null or > LongTtl)
        {
            _problems.Warning("tlsa-ttl-long", ttl,
                "After an unplanned change of key, senders keep the old record this long. One hour is usual.",
                rule: "RFC 7671 §13", needsAuthor: true);
        }
    }

    private void CheckOwner(Piece owner)
    {
        _owner = Encoding.UTF8.GetString(owner.In(_text));
        if (OwnerName.FaultOf(_owner) is not { } fault)
            return;

        _rightOwner = fault.Correction;
        _problems.Warning(fault.Code, owner, fault.Message,
            rule: "RFC 7672 §2.2.3", needsAuthor: _rightOwner is null);
    }

    private readonly void AddLoneParenthesis(int offset) => _problems.Tolerable(
        "tlsa-parenthesis-alone", new(offset, 1),
        "A parenthesis without its counterpart. Lines that belong together stand between ( and ).",
        rule: "RFC 1035 §5.1");
}
