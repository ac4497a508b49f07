using System.Globalization;
using System.Text;
using Waxseal.Protocol.MtaSts.Slips;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Grammar;

/// <summary>One reading of a TXT record; it goes on after each problem, so that all of them are found.</summary>
internal ref struct RecordReading(ReadOnlySpan<byte> text, DateOnly? today, ProblemList problems)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly List<string> _extensions = [];
    private readonly ProblemList _problems = problems;
    private bool _versionIsLate;
    private bool _idSeen;
    private string? _id;
    private string? _meantId;

    public Parsed<StsRecord> Read()
    {
        if (ReadOpening() is { } offset)
        {
            ReadFields(offset);

            // RFC 8461 §3.1: the id is required.
            if (!_idSeen)
            {
                _problems.Error("sts-record-id-missing", new(_text.Length, 0),
                    "The record has no id. Add one, such as 'id=20240131120000Z;'.");
            }
        }

        StsRecord? record = _problems.HasFatal ? null : new StsRecord(_id!);
        _problems.Mend(Correction());
        return new(record, _problems.Finish(_text));
    }

    private int? ReadOpening()
    {
        int length = RecordOpening.CountVersion(_text);
        if (length > 0)
            return ReadFirstDelimiter(length);

        OpeningSlip slip = RecordOpening.Explain(_text);
        _problems.Error(slip.Code, new(0, _text.Length), slip.Message);
        _versionIsLate = slip.FieldsOffset == 0;
        return slip.FieldsOffset is > 0 and int offset ? ReadFirstDelimiter(offset, slip.Code) : slip.FieldsOffset;
    }

    // The place of the first delimiter, or of the field that stands where it should be.
    private int ReadFirstDelimiter(int offset, string? slipCode = null)
    {
        ReadOnlySpan<byte> rest = _text[offset..];
        int gap = Bytes.CountWsp(rest);
        if (gap == rest.Length)
            return offset + gap;

        if (rest[gap] != (byte)';')
        {
            const string code = "sts-record-semicolon-missing";
            if (slipCode != code)
                _problems.Error(code, new(offset + gap, 0), "A semicolon must follow the version.");
            ReadOnlySpan<byte> fields = rest[gap..].TrimStart(" \t,.:"u8);
            var cursor = new RecordCursor(_text, _text.Length - fields.Length);
            ReadField(ref cursor);
            return cursor.Offset;
        }

        // RFC 8461 §3.1: the grammar allows white space here, the rule for discarding records does not (erratum 6285).
        if (gap > 0)
        {
            _problems.Warning("sts-record-space-before-semicolon", new(offset, 0),
                "White space stands between the version and the semicolon. Remove it: some sending MTAs ignore such a "
                + "record.");
        }

        return offset;
    }

    // RFC 8461 §3.1: 1*(sts-field-delim sts-field) [sts-field-delim]
    private void ReadFields(int offset)
    {
        var cursor = new RecordCursor(_text, offset);
        if (offset == 0)
            ReadField(ref cursor);
        while (cursor.TryReadDelimiter() && !cursor.IsAtEnd)
            ReadField(ref cursor);

        // RFC 8461 §3.1: white space at the end belongs to a delimiter, so it needs a semicolon.
        // Deviation: a resolver passes over it, since nothing else can be meant.
        if (!cursor.IsAtEnd)
        {
            _problems.Tolerable("sts-record-trailing-space", new(cursor.Offset, 0),
                "The record ends with white space. Remove it.");
        }
    }

    private void ReadField(scoped ref RecordCursor cursor)
    {
        int offset = cursor.Offset;
        if (cursor.TryReadField(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
            Accept(Encoding.ASCII.GetString(name), Encoding.ASCII.GetString(value), offset, offset + name.Length + 1);
        else
            ReportField(cursor.ReadMalformedField(), offset);
    }

    private void ReportField(ReadOnlySpan<byte> field, int offset)
    {
        RecordFieldSlip slip = RecordFieldSlips.Explain(field);
        _problems.Error(slip.Code, new(offset, field.Length), slip.Message);
        if (field.StartsWith("id"u8) || slip.Field is { Name: "id" })
        {
            _idSeen = true;
            _meantId ??= slip.Field is { } meant ? LettersAndDigits(meant.Value) : null;
        }
    }

    private void Accept(string name, string value, int offset, int valueOffset)
    {
        if (name == "id")
            AcceptId(value, offset, valueOffset);
        else if (name == "v")
            AcceptVersion(offset);
        else
            AcceptExtension(name, value, offset);
    }

    // RFC 8461 §3.2: the version was the first field; unless it was missing there, and this is the one.
    private void AcceptVersion(int offset)
    {
        if (!_versionIsLate)
            AdviseOnRepetition("v", offset);
        _versionIsLate = false;
    }

    // RFC 8461 §3.1: sts-id = %s"id=" 1*32(ALPHA / DIGIT)
    private void AcceptId(string value, int offset, int valueOffset)
    {
        // RFC 8461 §3.2: of a repeated field, all entries except for the first are ignored.
        if (_idSeen)
        {
            AdviseOnRepetition("id", offset);
            return;
        }

        _idSeen = true;
        _meantId = LettersAndDigits(value);
        if (StsRecord.IsId(value))
        {
            _id = value;
            AdviseOnAge(value, valueOffset);
            return;
        }

        _problems.Error("sts-record-id-invalid", new(valueOffset, value.Length),
            value.Length > StsRecord.MaxIdLength
                ? "The id has more than 32 characters. Shorten it."
                : "The id has a character that is no ASCII letter or digit. Write a date without '-', ':' and the "
                    + "like.");
    }

    // RFC 8461 §3.2: unknown fields are ignored.
    private void AcceptExtension(string name, string value, int offset)
    {
        if (name.Equals("id", StringComparison.OrdinalIgnoreCase))
        {
            _meantId ??= LettersAndDigits(value);
            _problems.Warning("sts-record-field-misspelt", new(offset, name.Length),
                $"Sending MTAs ignore the field '{name}'. Write 'id' in lower case.");
            return;
        }

        _extensions.Add($"{name}={value}");
        _problems.Warning("sts-record-field-unknown", new(offset, name.Length),
            $"Sending MTAs ignore the field '{name}'. Remove it unless you need it.", needsAuthor: true);
    }

    private void AdviseOnRepetition(string name, int offset) => _problems.Warning(
        "sts-record-field-repeated", new(offset, name.Length),
        $"The field '{name}' was given before, and the first one counts. Remove this one.", rule: "RFC 8461 §3.2");

    // No policy outlives a year, so an id made longer ago says that nothing has changed for more than a cache's life.
    private void AdviseOnAge(string id, int offset)
    {
        bool isDate = DateOnly.TryParseExact(id.AsSpan(0, Math.Min(8, id.Length)), "yyyyMMdd",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
        if (isDate && date < today?.AddYears(-1))
        {
            _problems.Warning("sts-record-id-old", new(offset, id.Length),
                string.Create(CultureInfo.InvariantCulture,
                    $"The id reads as the date {date:yyyy-MM-dd}. If the policy has changed since, the id has not, and "
                    + $"sending MTAs go on with the old policy. Give a changed policy a new id."),
                needsAuthor: true);
        }
    }

    private static string? LettersAndDigits(string value)
    {
        string kept = new([.. value.Where(char.IsAsciiLetterOrDigit).Take(StsRecord.MaxIdLength)]);
        return kept.Length == 0 ? null : kept;
    }

    // The whole record as it should be, where the id can be known; what is malformed is left out.
    private readonly string? Correction() => (_id ?? _meantId) is { } id
        ? string.Join(' ', [new StsRecord(id).Text, .. _extensions.Select(extension => extension + ";")])
        : null;
}
