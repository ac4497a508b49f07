using System.Text;
using Waxseal.Protocol.MtaSts.Grammar;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Slips;

/// <summary>What is wrong with a malformed field of a TXT record.</summary>
/// <param name="Code">The code of the problem.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Field">The field it was probably meant to be, or null.</param>
internal sealed record RecordFieldSlip(string Code, string Message, (string Name, string Value)? Field);

/// <summary>Tells the usual ways in which a field of a TXT record is malformed.</summary>
internal static class RecordFieldSlips
{
    /// <param name="field">What stands between two semicolons, without white space around it.</param>
    public static RecordFieldSlip Explain(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
            return new("sts-record-field-empty", "Two semicolons follow each other. Remove one.", null);
        if (field.ContainsAnyInRange((byte)0x80, (byte)0xFF))
            return new("sts-record-not-ascii", "The field holds a character that is not ASCII. Replace it.", null);
        if (FieldCursor.IndexOfControl(field.Trim(Bytes.Wsp)) >= 0)
            return ExplainControl(field);

        int equals = field.IndexOf((byte)'=');
        return equals < 0
            ? new("sts-record-equals-missing", "The field has no equals sign. Write name=value, or remove it.", null)
            : ExplainParts(field[..equals], field[(equals + 1)..]);
    }

    private static RecordFieldSlip ExplainControl(ReadOnlySpan<byte> field)
    {
        string visible = new([.. Encoding.ASCII.GetString(field).Where(letter => letter is >= ' ' and <= '~')]);
        string[] parts = visible.Trim(' ').Split('=');
        return new("sts-record-control",
            "The record holds a line break or another control character. Remove it.",
            parts.Length == 2 && parts[1].Length > 0 ? (parts[0], parts[1]) : null);
    }

    private static RecordFieldSlip ExplainParts(ReadOnlySpan<byte> namePart, ReadOnlySpan<byte> valuePart)
    {
        ReadOnlySpan<byte> name = namePart.TrimEnd(Bytes.Wsp);
        ReadOnlySpan<byte> value = valuePart.TrimStart(Bytes.Wsp);
        if (!Bytes.IsName(name))
        {
            return new("sts-record-name-invalid",
                "The text before the equals sign is no field name: 1 to 32 letters, digits, '_', '-' or '.', "
                + "beginning with a letter or digit.", null);
        }

        if (value.IsEmpty)
            return new("sts-record-value-empty", "The field has no value. Write one, or remove the field.", null);
        if (value.Contains((byte)'='))
        {
            return new("sts-record-equals-repeated",
                "The field has two equals signs. Is a semicolon missing between two fields?", null);
        }

        (string, string) meant = (Encoding.ASCII.GetString(name), Encoding.ASCII.GetString(value));
        return name.Length < namePart.Length || value.Length < valuePart.Length
            ? new("sts-record-equals-spaced", "White space stands beside the equals sign. Remove it.", meant)
            : new("sts-record-value-spaced",
                "The value holds white space. Remove it, or put a semicolon between two fields.", meant);
    }
}
