using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>
/// A cursor over the text of a TLS-RPT record. Neither a URI nor the value of a field may hold a semicolon, so that
/// after any fault the record is read on from the next one.
/// </summary>
internal ref struct TlsRptRecordCursor
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly ProblemList _problems = TlsRptRecordReader.NewProblems();
    private readonly TlsRptFieldReader _fields;
    private int _offset;
    private int _end;

    public TlsRptRecordCursor(ReadOnlySpan<byte> text)
    {
        _text = text;
        _end = text.Length;
        _fields = new TlsRptFieldReader(_problems);
    }

    private readonly ReadOnlySpan<byte> Rest => _text[_offset.._end];

    // RFC 8460 §3: tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]
    public Parsed<TlsRptRecord> ReadRecord()
    {
        ReadEdges();
        TlsRptVersionKind version = ReadVersion();
        if (version == TlsRptVersionKind.Foreign)
            return new(null, _problems.Finish(_text));
        if (version != TlsRptVersionKind.Missing)
            ReadFirstFieldDelim();

        while (_offset < _end)
        {
            int length = Rest.IndexOf((byte)';');
            bool isLast = length < 0;
            ReadOnlySpan<byte> padded = isLast ? Rest : Rest[..length];
            _fields.ReadPadded(padded, _offset, isLast);
            _offset += padded.Length + (isLast ? 0 : 1);
        }

        _fields.Finish(_end);
        TlsRptRecord? record = _problems.HasFatal ? null : new TlsRptRecord([.. _fields.Ruas]);
        _problems.Mend(_fields.Correction());
        return new(record, _problems.Finish(_text));
    }

    // Nothing stands before the version or after the last field but one field-delim.
    private void ReadEdges()
    {
        ReadOnlySpan<byte> edges = " \t\r\n"u8;
        _offset = _text.Length - _text.TrimStart(edges).Length;
        if (_offset > 0)
        {
            _problems.Error("tlsrpt-record-leading-space", new(0, _offset),
                "The record begins with the version. Remove the space before it.");
        }

        ReadOnlySpan<byte> inner = Rest.TrimEnd("\r\n"u8);
        if (inner.Length < Rest.Length)
        {
            _problems.Error("tlsrpt-record-line-break", new(_offset + inner.Length, Rest.Length - inner.Length),
                "The record is one line. Remove the line break.");
        }

        if (inner.Length > 1 && inner[0] == '"' && inner[^1] == '"')
        {
            _problems.Error("tlsrpt-record-quoted", new(_offset, inner.Length),
                "The quotation marks have become part of the record. Enter it in the DNS form without them.");
            _offset++;
            inner = inner[1..^1];
        }

        _end = _offset + inner.Length;
    }

    // RFC 8460 §3: tlsrpt-version = %s"v=TLSRPTv1"
    private TlsRptVersionKind ReadVersion()
    {
        TlsRptVersion version = TlsRptVersion.Of(Rest);
        if (version.Kind != TlsRptVersionKind.Exact)
        {
            (string code, string message) = version.Kind switch
            {
                TlsRptVersionKind.Miswritten =>
                    ("tlsrpt-record-version-case", "Write v=TLSRPTv1 in exactly this case, without spaces."),
                TlsRptVersionKind.Misspelt =>
                    ("tlsrpt-record-version-misspelt", "The version is misspelt. Write v=TLSRPTv1."),
                TlsRptVersionKind.Other =>
                    ("tlsrpt-record-version-unknown", "The only version is v=TLSRPTv1. Write that."),
                TlsRptVersionKind.Missing =>
                    ("tlsrpt-record-version-missing", "The record must begin with v=TLSRPTv1, before any field."),
                _ => ("tlsrpt-record-foreign", "This is no TLS-RPT record; one begins with v=TLSRPTv1."),
            };
            _problems.Error(code, new(_offset, version.Length), message);
        }

        _offset += version.Length;
        return version.Kind;
    }

    // RFC 8460 §3: field-delim = *WSP ";" *WSP
    private void ReadFirstFieldDelim()
    {
        ReadOnlySpan<byte> rest = Rest.TrimStart(Bytes.Wsp);
        int space = Rest.Length - rest.Length;
        int start = _offset + space;
        if (rest.StartsWith(";"u8))
        {
            // RFC 8460 §3: the grammar allows WSP here; yet of several records those that do not begin with
            // "v=TLSRPTv1;" are dropped.
            if (space > 0)
            {
                _problems.Warning("tlsrpt-record-space-before-semicolon", new(_offset, space),
                    "Some senders want the semicolon directly after the version. Remove the space.");
            }

            _offset = start + 1;
        }
        else if (rest.StartsWith("\\;"u8))
        {
            _fields.ReportBackslash(start);
            _offset = start + 2;
        }
        else if (!rest.IsEmpty)
        {
            _problems.Error("tlsrpt-record-semicolon-missing", new(start, 1), "A semicolon must follow the version.");
            _offset = start + (rest[0] == ',' ? 1 : 0);
        }
    }
}
