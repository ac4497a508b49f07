using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>Reads the values of the <c>rua</c> fields of one record.</summary>
internal sealed class RuaListReader(ProblemList problems)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<int> _offsets = [];

    /// <summary>The destinations as published, in order.</summary>
    public List<Rua> Ruas { get; } = [];

    /// <summary>The destinations as they should be written, each once.</summary>
    public List<string> Corrected { get; private set; } = [];

    // RFC 8460 §3: tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)
    // Any comma ends a URI, for those inside a URI are percent-encoded: split first, decode afterwards.
    public void Read(ReadOnlySpan<byte> list, int offset)
    {
        foreach (Range range in list.Split((byte)','))
        {
            ReadOnlySpan<byte> padded = list[range];
            ReadOnlySpan<byte> item = padded.TrimStart(Bytes.Wsp);
            int start = offset + range.Start.GetOffset(list.Length) + padded.Length - item.Length;
            ReadItem(item.TrimEnd(Bytes.Wsp), start);
        }
    }

    /// <summary>Takes over a list that does not count as published, if it holds nothing but slips.</summary>
    public bool TryCorrect(ReadOnlySpan<byte> list)
    {
        ProblemList slips = TlsRptRecordReader.NewProblems();
        var reader = new RuaListReader(slips);
        reader.Read(list, 0);
        if (slips.NeedsAuthor)
            return false;

        Corrected.AddRange(reader.Corrected.Where(_seen.Add));
        return true;
    }

    /// <summary>Looks at all destinations together.</summary>
    public void Finish()
    {
        if (Ruas.Count > TlsRptRecord.MaxUsed)
        {
            problems.Warning("tlsrpt-rua-too-many", new(_offsets[TlsRptRecord.MaxUsed], 0),
                $"Only the first {TlsRptRecord.MaxUsed} URIs can be counted on. Remove some.",
                rule: "RFC 8460 §7", needsAuthor: true);
        }

        if (Ruas.Count > 0 && !Ruas.Exists(rua => rua.IsUsable) && !problems.HasErrors)
        {
            problems.Warning("tlsrpt-rua-none-usable", new(_offsets[0], 0),
                "No report can reach any of these URIs. Add rua=mailto: and an address.", needsAuthor: true);
        }

        // RFC 8460 §3: with no destination, there is nothing a reporter could do with the record.
        if (!Ruas.Exists(rua => rua.IsUsable))
            problems.LeaveNothingUsable();
        CheckOrder();
    }

    // RFC 8460 §3: a reporter may send to each URI or to one alone. Microsoft is known to use the first, and not every
    // reporter speaks HTTPS.
    private void CheckOrder()
    {
        int firstUsable = Ruas.FindIndex(rua => rua.IsUsable);
        if (firstUsable >= 0 && Ruas[firstUsable] is Rua.Https && Ruas.Exists(rua => rua is Rua.Mailto))
        {
            problems.Warning("tlsrpt-rua-https-first", new(_offsets[firstUsable], Ruas[firstUsable].Text.Length),
                "Some senders use the first URI alone, and some cannot send over HTTPS. Put mailto: first.");
            Corrected = [.. Corrected.OrderBy(uri => !uri.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))];
        }
        else if (Ruas.Count > 1)
        {
            problems.Warning("tlsrpt-rua-several", new(_offsets[1], Ruas[1].Text.Length),
                "Some senders, Microsoft among them, use the first URI alone. Make sure the most important one is "
                + "first.",
                needsAuthor: true);
        }
    }

    private void ReadItem(ReadOnlySpan<byte> item, int offset)
    {
        if (item.IsEmpty)
        {
            problems.Error("tlsrpt-rua-empty", new(offset, 0),
                "A URI is missing here. Write one, or remove the comma.");
            return;
        }

        int space = item.IndexOfAny(Bytes.Wsp);
        if (space < 0)
        {
            ReadUri(item, offset);
            return;
        }

        problems.Error("tlsrpt-rua-space", new(offset + space, 1),
            "A URI holds no space. Put a comma between two URIs, or write %20.");
        foreach (Range range in item.SplitAny(Bytes.Wsp))
        {
            if (!item[range].IsEmpty)
                ReadUri(item[range], offset + range.Start.GetOffset(item.Length));
        }
    }

    private void ReadUri(ReadOnlySpan<byte> item, int offset)
    {
        RuaReading reading = RuaReader.Read(item, offset, problems);
        if (reading.Rua is not null)
        {
            Ruas.Add(reading.Rua);
            _offsets.Add(offset);
        }

        if (reading.Corrected is null)
            return;

        if (_seen.Add(reading.Corrected))
        {
            Corrected.Add(reading.Corrected);
            return;
        }

        problems.Warning("tlsrpt-rua-repeated", new(offset, item.Length),
            "The same URI stands here twice. Remove one.");
    }
}
