using System.Text;
using Waxseal.Protocol.MtaSts.Slips;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Grammar;

/// <summary>One reading of a policy, line by line; it goes on after each problem, so that all are found.</summary>
internal ref struct PolicyReading(ReadOnlySpan<byte> body, DomainName? policyDomain, ProblemList problems)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private readonly List<string> _lines = [];
    private readonly ProblemList _problems = problems;
    private readonly PolicyFields _fields = new(problems);
    private bool _loneCrSeen;
    private bool _afterBlankLine;

    public Parsed<StsPolicy> Read()
    {
        var lines = new PolicyLines(_body, SkipByteOrderMark());
        while (lines.MoveNext())
        {
            bool continuesLoneCr = _loneCrSeen && lines.Current.IsEmpty;
            if (lines.EndsWithLoneCr)
                ReportLoneCr(lines.Offset + lines.Current.Length);
            if (!continuesLoneCr)
                ReadLine(lines.Current, lines.Offset);
        }

        _fields.CheckPresence(_body.Length);
        PolicyAdvice.Give(_fields, policyDomain, _problems);
        return new(_problems.HasFatal ? null : _fields.ToPolicy([.. _lines]), _problems.Finish(_body));
    }

    private int SkipByteOrderMark()
    {
        ReadOnlySpan<byte> mark = "\uFEFF"u8;
        if (!_body.StartsWith(mark))
            return 0;

        // Deviation: RFC 8461 §3.2 knows no byte-order mark; a resolver skips it, since editors put it there unseen.
        _problems.Tolerable("sts-policy-byte-order-mark", default,
            "The file begins with a byte-order mark. Save it as UTF-8 without one, or as ASCII.");
        return mark.Length;
    }

    private void ReportLoneCr(int offset)
    {
        if (!_loneCrSeen)
        {
            _problems.Error("sts-policy-lone-cr", new(offset, 0),
                "A line ends with CR alone. End each line with CRLF, or with LF.");
        }

        _loneCrSeen = true;
    }

    private void ReadLine(ReadOnlySpan<byte> line, int offset)
    {
        if (line.Trim(Bytes.Wsp).IsEmpty)
        {
            ReportBlankLine(offset, line.Length);
            return;
        }

        _afterBlankLine = false;
        _lines.Add(Encoding.UTF8.GetString(line));
        ReadField(line, offset);
    }

    private void ReportBlankLine(int offset, int length)
    {
        // Deviation: RFC 8461 §3.2 has no empty line; a resolver skips it, since nothing else can be meant.
        if (!_afterBlankLine)
        {
            _problems.Tolerable("sts-policy-blank-line", new(offset, length),
                "The line is empty. Remove it: some sending MTAs refuse the whole policy for it.");
        }

        _afterBlankLine = true;
    }

    // RFC 8461 §3.2: sts-policy-field *WSP, where each field is a name, a delimiter and a value
    private void ReadField(ReadOnlySpan<byte> line, int offset)
    {
        var cursor = new FieldCursor(line);
        int indent = cursor.SkipWsp();
        bool named = cursor.TryReadName(out ReadOnlySpan<byte> name);
        int gap = cursor.SkipWsp();
        if (!named || !cursor.TryReadDelimiter())
        {
            ReadMalformedLine(line.Trim(Bytes.Wsp), offset + indent);
            return;
        }

        int valueOffset = offset + cursor.Offset;
        bool valued = cursor.TryReadValue(out ReadOnlySpan<byte> value);
        ReportWhiteSpace(name, value, offset, indent, gap);
        if (valued)
            Accept(name, value, offset + indent, valueOffset);
        else
            ReportValue(name, value, offset + indent, valueOffset);
    }

    private void ReportWhiteSpace(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset, int indent, int gap)
    {
        string correction = $"{Encoding.UTF8.GetString(name)}: {Encoding.UTF8.GetString(value)}";

        // Deviation: RFC 8461 §3.2 allows white space only behind the colon and at the end of a line. A resolver
        // skips it before the name and before the colon too, since samples are often copied with their indentation.
        if (indent > 0)
        {
            _problems.Tolerable("sts-policy-line-indented", new(offset, 0),
                "The line begins with white space. Begin it with the name of the field.", correction);
        }

        if (gap > 0)
        {
            _problems.Tolerable("sts-policy-space-before-colon", new(offset + indent + name.Length, 0),
                "White space stands before the colon. Put the colon right behind the name.", correction);
        }
    }

    private void Accept(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset, int valueOffset)
    {
        if (LineSlips.HoldsSeveralFields(name, value))
            ReadFieldsOfOneLine(name, value, offset, valueOffset);
        else
            _fields.Accept(name, value, offset, valueOffset);
    }

    private void ReadFieldsOfOneLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset, int valueOffset)
    {
        ReadOnlySpan<byte> line = _body[offset..(valueOffset + value.Length)];
        _problems.Error("sts-policy-semicolons", new(offset, line.Length),
            "Several fields stand on one line. Give each field a line of its own, without semicolons.",
            LineSlips.OneFieldALine(line));

        // The pieces hold no semicolon, so this goes no deeper.
        foreach (Range range in line.Split((byte)';'))
        {
            ReadOnlySpan<byte> piece = line[range];
            int start = offset + range.Start.GetOffset(line.Length) + Bytes.CountWsp(piece);
            if (!piece.Trim(Bytes.Wsp).IsEmpty)
                ReadField(piece.Trim(Bytes.Wsp), start);
        }
    }

    private void ReportValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int offset, int valueOffset)
    {
        _fields.MarkSeen(name);
        if (value.IsEmpty)
        {
            _problems.Error("sts-policy-value-empty", new(offset, name.Length),
                "The field has no value. Write the value on the same line, or remove the line.");
            return;
        }

        int control = FieldCursor.IndexOfControl(value);
        if (control >= 0)
        {
            _problems.Error("sts-policy-value-control", new(valueOffset + control, 0),
                "The value holds a tab or a control character. Use visible characters and single spaces.");
            return;
        }

        // RFC 8461 §3.2, RFC 3629 §4: well-formed UTF-8, so neither overlong forms nor surrogates.
        _problems.Error("sts-policy-value-not-utf8", new(valueOffset, value.Length),
            "The value is not well-formed UTF-8. Save the file as UTF-8, or use ASCII alone.");
    }

    private void ReadMalformedLine(ReadOnlySpan<byte> line, int offset)
    {
        LineSlip slip = LineSlips.Explain(line);
        _problems.Error(slip.Code, new(offset, line.Length), slip.Message, slip.Correction);

        // What is meant is clear enough to look for further problems in it.
        if (slip.Field is { } field)
            ReadMeantField(line, offset, field);
    }

    private void ReadMeantField(ReadOnlySpan<byte> line, int offset, MeantField field)
    {
        ReadOnlySpan<byte> name = line[field.Name];
        ReadOnlySpan<byte> value = line[field.Value];
        int valueOffset = offset + field.Value.Start.GetOffset(line.Length);
        if (value.IsEmpty || FieldCursor.IndexOfControl(value) >= 0)
            _fields.MarkSeen(name);
        else
            _fields.Accept(name, value, offset, valueOffset);
    }
}
