using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Waxseal.Protocol.TlsRpt.Defects;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>Reads <c>policy-string</c> and <c>mx-host</c>, arrays of strings (RFC 8460 §4.4), in any disguise.</summary>
internal static class TextListReader
{
    public static ImmutableArray<string> Read(ref ReportCursor cursor)
    {
        switch (cursor.Token)
        {
            case JsonTokenType.StartArray:
                return ReadArray(ref cursor);
            case JsonTokenType.String when cursor.IsText:
                // RFC 8460 §4.4: an array. Deviation: a string is read as an array of one, as in the example of
                // appendix B (erratum 6241; corpus/reports/lists-as-text.json).
                cursor.Note(TolerableDefects.ListIsText);
                return Unfold(cursor.ReadString(), ref cursor);
            default:
                cursor.ReadText();
                return [];
        }
    }

    // An empty entry is an empty line of the policy; a list without entries says nothing, and conforms.
    private static ImmutableArray<string> ReadArray(ref ReportCursor cursor)
    {
        var entries = ImmutableArray.CreateBuilder<string>();
        bool isCut = false;
        for (int i = 0; cursor.TryReadElement(i); i++)
        {
            if (i >= ReportLimits.ListEntries || cursor.ListEntries >= ReportLimits.ListEntriesInAll)
            {
                if (!isCut)
                    cursor.Note(TolerableDefects.ListCut);
                isCut = true;
                cursor.Skip();
            }
            else if ((cursor.Token == JsonTokenType.String ? cursor.ReadString() : cursor.ReadText()) is { } entry)
            {
                cursor.ListEntries++;
                entries.Add(entry);
            }
        }

        return entries.Count == 1 ? Unfold(entries[0], ref cursor) : entries.ToImmutable();
    }

    // Deviation: Microsoft writes the TLSA records as JSON within the one string of the array
    // (corpus/reports/list-inside-text.json).
    private static ImmutableArray<string> Unfold(string text, ref ReportCursor cursor)
    {
        if (!IsFolded(text))
            return [text];

        cursor.Note(TolerableDefects.ListInsideText);
        string list = text.Trim(' ', '\t');
        return TryParseJsonArray(list) ?? SplitBracketed(list);
    }

    /// <summary>Whether a text, alone in its array, is taken for a list in brackets.</summary>
    public static bool IsFolded(string text)
    {
        ReadOnlySpan<char> list = text.AsSpan().Trim(" \t");
        return list.Length >= 2 && list[0] == '[' && list[^1] == ']';
    }

    private static ImmutableArray<string>? TryParseJsonArray(string text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        var entries = ImmutableArray.CreateBuilder<string>();
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.String && entries.Count < ReportLimits.ListEntries)
                entries.Add(JsonText.Decode(json.ValueSpan, json.ValueIsEscaped, out _, out _));
            return json.TokenType == JsonTokenType.EndArray && !json.Read() ? entries.ToImmutable() : null;
        }
        catch (JsonException)
        {
            // Not JSON after all, such as [mx.example.com].
            return null;
        }
    }

    private static ImmutableArray<string> SplitBracketed(string text) =>
        [.. text[1..^1].Split(',', ReportLimits.ListEntries).Select(entry => entry.Trim(' ', '\t', '"', '\''))];
}
