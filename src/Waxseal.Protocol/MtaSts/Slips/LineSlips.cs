using System.Text;
using Waxseal.Protocol.MtaSts.Grammar;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Slips;

/// <summary>The field a malformed line was meant to be, as parts of the line.</summary>
internal sealed record MeantField(Range Name, Range Value);

/// <summary>What is wrong with a line that is no field.</summary>
internal sealed record LineSlip(string Code, string Message)
{
    public string? Correction { get; init; }

    public MeantField? Field { get; init; }
}

/// <summary>Tells the usual ways in which a line fails to be a field.</summary>
internal static class LineSlips
{
    private static ReadOnlySpan<byte> Quotes => "\"'"u8;

    /// <param name="line">The line without white space around it, and not empty.</param>
    public static LineSlip Explain(ReadOnlySpan<byte> line)
    {
        if (line[0] is (byte)'#' or (byte)';' || line.StartsWith("//"u8))
            return new("sts-policy-comment", "A policy has no comments. Remove the line.");
        if (line[0] == (byte)'<')
            return new("sts-policy-html", "This is HTML. Serve the policy as a plain file with nothing added to it.");
        if (Quotes.Contains(line[0]))
            return ExplainQuoted(line);
        return MeantFieldOf(line, 0) is { } field ? ExplainMeant(line, field) : ExplainUnknown(line);
    }

    /// <summary>Whether a value goes on with further fields behind a semicolon.</summary>
    public static bool HoldsSeveralFields(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int semicolon = value.IndexOf((byte)';');
        if (semicolon < 0 || !PolicyFields.IsKnown(name))
            return false;

        ReadOnlySpan<byte> rest = value[(semicolon + 1)..].TrimStart(Bytes.Wsp);
        int length = Bytes.CountName(rest);
        return PolicyFields.IsKnown(rest[..length]) && rest[length..].TrimStart(Bytes.Wsp).StartsWith(":"u8);
    }

    /// <summary>A line of fields with semicolons between them, as it should be.</summary>
    public static string OneFieldALine(ReadOnlySpan<byte> line) => string.Join('\n', Encoding.UTF8.GetString(line)
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static LineSlip ExplainQuoted(ReadOnlySpan<byte> line)
    {
        int start = Bytes.CountOf(line, line.IndexOfAnyExcept((byte)'"', (byte)'\''));
        MeantField? field = MeantFieldOf(line, start);
        return new("sts-policy-line-quoted", "The line stands in quotation marks. Remove them.")
        {
            Correction = field is null ? null : Correct(line, field),
            Field = field,
        };
    }

    private static LineSlip ExplainMeant(ReadOnlySpan<byte> line, MeantField field)
    {
        ReadOnlySpan<byte> delimiter = line[field.Name.End..field.Value.Start];
        (string code, string message) = delimiter.Contains((byte)'=')
            ? ("sts-policy-equals", "The name and the value are separated by an equals sign. Use a colon.")
            : ("sts-policy-colon-missing", "There is no colon between the name and the value.");
        return new(code, message) { Correction = Correct(line, field), Field = field };
    }

    private static LineSlip ExplainUnknown(ReadOnlySpan<byte> line)
    {
        if (line.Contains((byte)':'))
        {
            return new("sts-policy-name-invalid",
                "The text before the colon is no field name: 1 to 32 letters, digits, '_', '-' or '.', "
                + "beginning with a letter or digit.");
        }

        return new("sts-policy-colon-missing",
            "The line is no field: it has no colon. Write name, colon and value on one line, or remove it.");
    }

    // A name that the standard knows, whatever stands between it and the value.
    private static MeantField? MeantFieldOf(ReadOnlySpan<byte> line, int start)
    {
        int nameEnd = start + Bytes.CountName(line[start..]);
        if (!PolicyFields.IsKnown(line[start..nameEnd]))
            return null;

        ReadOnlySpan<byte> rest = line[nameEnd..];
        int gap = Bytes.CountOf(rest, rest.IndexOfAnyExcept(" \t=:"u8));
        int valueEnd = line.Length - (start > 0 ? line.Length - line.TrimEnd(Quotes).Length : 0);
        int valueStart = Math.Min(nameEnd + gap, valueEnd);
        return gap == 0 ? null : new MeantField(start..nameEnd, valueStart..Math.Max(valueStart, valueEnd));
    }

    private static string Correct(ReadOnlySpan<byte> line, MeantField field) =>
        $"{Encoding.UTF8.GetString(line[field.Name])}: {Encoding.UTF8.GetString(line[field.Value])}";
}
