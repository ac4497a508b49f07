using System.Text;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>Reads the fields of one TLS-RPT record and gathers what they hold.</summary>
internal sealed class TlsRptFieldReader(ProblemList problems)
{
    private const string BackslashMessage =
        "The backslash has become part of the record. Enter a bare semicolon in the DNS form.";

    private readonly RuaListReader _ruas = new(problems);
    private readonly List<string> _extensions = [];
    private int _ruaFields;

    /// <summary>The destinations as published, in order.</summary>
    public IReadOnlyList<Rua> Ruas => _ruas.Ruas;

    // RFC 8460 §3: field-delim = *WSP ";" *WSP
    // The text between two semicolons is a field with the white space of the delimiters around it.
    public void ReadPadded(ReadOnlySpan<byte> padded, int offset, bool isLast)
    {
        ReadOnlySpan<byte> field = padded.TrimStart(Bytes.Wsp);
        offset += padded.Length - field.Length;
        field = field.TrimEnd(Bytes.Wsp);
        int end = offset + field.Length;
        int space = padded.Length - padded.TrimEnd(Bytes.Wsp).Length;

        if (field.IsEmpty)
        {
            // RFC 8460 §3: one field-delim may end the record.
            if (!isLast)
                ReportEmptyField(offset);
            return;
        }

        // Deviation: white space after the last field has no place in RFC 8460 §3. It does no harm to any value, so
        // the record is used all the same.
        if (isLast && space > 0)
        {
            problems.Tolerable("tlsrpt-record-trailing-space", new(end, space),
                "White space ends the record. Remove it.");
        }

        if (field[^1] == '\\' && !isLast)
            field = RemoveBackslash(field, end - 1);
        ReadField(RemoveLineBreaks(field, ref offset), offset);
    }

    public void ReportBackslash(int offset) =>
        problems.Error("tlsrpt-record-backslash", new(offset, 1), BackslashMessage);

    /// <summary>Looks at the record as a whole, after its last field.</summary>
    /// <param name="end">Offset of the end of the record.</param>
    public void Finish(int end)
    {
        // RFC 8460 §3: the tlsrpt-rua field is required.
        if (_ruaFields == 0)
        {
            problems.Error("tlsrpt-record-rua-missing", new(end, 0),
                "The record says nowhere where reports go. Add rua=mailto: and an address.",
                needsAuthor: _ruas.Corrected.Count == 0);
        }

        _ruas.Finish();
    }

    /// <summary>The record as it should be, or null where only the author can know.</summary>
    public string? Correction()
    {
        if (problems.NeedsAuthor || _ruas.Corrected.Count == 0)
            return null;

        string rua = "rua=" + string.Join(',', _ruas.Corrected);
        return string.Join("; ", [TlsRptVersion.Text, rua, .. _extensions]);
    }

    private void ReportEmptyField(int offset) => problems.Error("tlsrpt-record-field-empty", new(offset, 1),
        "There is one semicolon too many. Remove it.");

    // The value of an unknown field may end in a backslash; no other field may.
    private ReadOnlySpan<byte> RemoveBackslash(ReadOnlySpan<byte> field, int offset)
    {
        ReadOnlySpan<byte> bare = field[..^1];
        if (!IsExtension(field))
            ReportBackslash(offset);
        else if (IsExtension(bare))
            problems.Warning("tlsrpt-record-backslash", new(offset, 1), BackslashMessage);
        else
            return field;
        return bare;
    }

    private ReadOnlySpan<byte> RemoveLineBreaks(ReadOnlySpan<byte> field, ref int offset)
    {
        ReadOnlySpan<byte> edges = " \t\r\n"u8;
        ReadOnlySpan<byte> inner = field.TrimStart(edges);
        int start = offset + field.Length - inner.Length;
        inner = inner.TrimEnd(edges);
        if (inner.Length < field.Length)
        {
            problems.Error("tlsrpt-record-line-break", new(offset, field.Length),
                "The record is one line. Remove the line break.");
        }

        offset = start;
        return inner;
    }

    // RFC 8460 §3: tlsrpt-field = tlsrpt-rua / tlsrpt-extension
    private void ReadField(ReadOnlySpan<byte> field, int offset)
    {
        if (StartOfRuaList(field) is > 0 and int start)
            ReadRua(field, start, offset);
        else if (IsStrayUri(field))
            ReadStrayUri(field, offset);
        else
            ReadExtension(field, offset);
    }

    // RFC 8460 §3: %s"rua=" is in lower case and holds no space; what comes near it is told from unknown fields.
    private static int StartOfRuaList(ReadOnlySpan<byte> field)
    {
        if (!field.StartsWith("rua"u8))
            return 0;

        ReadOnlySpan<byte> rest = field[3..].TrimStart(Bytes.Wsp);
        return rest.StartsWith("="u8) || rest.StartsWith(":"u8) ? field.Length - rest.Length + 1 : 0;
    }

    private void ReadRua(ReadOnlySpan<byte> field, int start, int offset)
    {
        ReadOnlySpan<byte> list = field[start..];
        if (!field.StartsWith("rua="u8) || list.StartsWith(" "u8) || list.StartsWith("\t"u8))
        {
            problems.Error("tlsrpt-record-rua-equals", new(offset, start),
                "Write rua= without any space, directly followed by the first URI.");
        }

        // Deviation: RFC 8460 §3 has no word on a repeated field; the union of all counts, for each names somebody
        // who wants reports.
        if (++_ruaFields > 1)
        {
            problems.Warning("tlsrpt-record-rua-repeated", new(offset, field.Length),
                "Senders may use only one of several rua fields. Put all URIs into one, with commas between them.");
        }

        _ruas.Read(list, offset + start);
    }

    private static bool IsStrayUri(ReadOnlySpan<byte> field) =>
        Ascii.EqualsIgnoreCase(field[..Math.Min(field.Length, 7)], "mailto:"u8)
        || Ascii.EqualsIgnoreCase(field[..Math.Min(field.Length, 8)], "https://"u8)
        || (!field.Contains((byte)'=') && MailAddress.TryParse(Encoding.UTF8.GetString(field), out _));

    private void ReadStrayUri(ReadOnlySpan<byte> field, int offset)
    {
        problems.Error("tlsrpt-record-comma-missing", new(offset, field.Length),
            "A URI stands within rua=. Put a comma, not a semicolon, between two URIs.");
        _ruas.Read(field, offset);
    }

    // RFC 8460 §3: tlsrpt-extension = tlsrpt-ext-name "=" tlsrpt-ext-value
    private void ReadExtension(ReadOnlySpan<byte> field, int offset)
    {
        int equals = field.IndexOf((byte)'=');
        if (equals < 0)
        {
            problems.Error("tlsrpt-record-field-malformed", new(offset, field.Length),
                "A field is written name=value. Complete or remove this.", needsAuthor: true);
            return;
        }

        ReadOnlySpan<byte> name = field[..equals];
        ReadOnlySpan<byte> value = field[(equals + 1)..];
        if (!IsName(name))
        {
            problems.Error("tlsrpt-record-field-name", new(offset, name.Length),
                "The name of a field has 1 to 32 letters, digits and inner hyphens, underscores or dots, and no space "
                + "after it.",
                needsAuthor: true);
        }
        else if (!IsValue(value))
        {
            problems.Error("tlsrpt-record-field-value", new(offset + equals, value.Length + 1),
                "The value of a field has one or more visible ASCII characters, no space, equals sign or semicolon.",
                needsAuthor: true);
        }
        else
        {
            ReportUnknown(field, name, value, offset);
        }
    }

    private static bool IsExtension(ReadOnlySpan<byte> field) =>
        StartOfRuaList(field) == 0
        && field.IndexOf((byte)'=') is > 0 and int equals
        && IsName(field[..equals])
        && IsValue(field[(equals + 1)..]);

    // RFC 8460 §3: tlsrpt-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")
    private static bool IsName(ReadOnlySpan<byte> name) => Bytes.IsName(name);

    // RFC 8460 §3: tlsrpt-ext-value = 1*(%x21-3A / %x3C / %x3E-7E)
    private static bool IsValue(ReadOnlySpan<byte> value) => Bytes.IsRecordValue(value);

    // RFC 8460 §3: unknown fields SHALL be ignored.
    private void ReportUnknown(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset)
    {
        if (Ascii.EqualsIgnoreCase(name, "rua"u8))
        {
            problems.Warning("tlsrpt-record-rua-case", new(offset, name.Length),
                "In this case the field is unknown and ignored. Write rua in lower case.",
                needsAuthor: !_ruas.TryCorrect(value));
        }
        else if (name.SequenceEqual("ruf"u8))
        {
            problems.Warning("tlsrpt-record-ruf", new(offset, field.Length),
                "The field ruf exists in DMARC; TLS-RPT has no failure reports of its own. Remove it.");
        }
        else if (name.SequenceEqual("v"u8))
        {
            problems.Warning("tlsrpt-record-version-repeated", new(offset, field.Length),
                "The version stands at the start, once. Remove this.");
        }
        else
        {
            problems.Warning("tlsrpt-record-field-unknown", new(offset, field.Length),
                "The field is unknown and ignored. Check its name, or remove it.", needsAuthor: true);
            _extensions.Add(Encoding.ASCII.GetString(field));
        }
    }
}
