using System.Text;
using Waxseal.Protocol.Parsing;
using Waxseal.Terminal;

namespace Waxseal.Commands.Lint;

/// <summary>The line a problem stands in, as much of it as fits, with a mark under the place.</summary>
internal sealed record Excerpt(string Line, string Marks)
{
    // Context before the place, where not all of the line fits.
    private const int LeastBefore = 20;
    private const string Cut = "…";

    /// <summary>The excerpt of a problem, or null where there is nothing to see.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="problem">A problem of it.</param>
    /// <param name="columns">Columns there are.</param>
    public static Excerpt? Of(ReadOnlySpan<byte> text, Problem problem, int columns)
    {
        int offset = problem.Place.Offset;
        int start = text[..offset].LastIndexOf((byte)'\n') + 1;
        int length = text[start..].IndexOf((byte)'\n');
        int end = length < 0 ? text.Length : start + length;
        if (end > start && text[end - 1] == '\r' && offset < end)
            end--;
        if (end == start)
            return null;

        int marked = Math.Clamp(problem.Text is null ? 1 : Encoding.UTF8.GetByteCount(problem.Text), 1, Math.Max(1, end - offset));
        return Fit(
            Shown(text[start..offset]),
            Shown(text[offset..Math.Min(end, offset + marked)]),
            Shown(text[Math.Min(end, offset + marked)..end]),
            columns);
    }

    private static Excerpt Fit(string before, string marked, string after, int columns)
    {
        int total = Printable.ColumnsOf(before) + Printable.ColumnsOf(marked) + Printable.ColumnsOf(after);
        if (total > columns)
        {
            before = KeepEnd(before, Math.Max(LeastBefore, columns - Printable.ColumnsOf(marked) - LeastBefore));
            marked = KeepStart(marked, columns - Printable.ColumnsOf(before));
            after = KeepStart(after, columns - Printable.ColumnsOf(before) - Printable.ColumnsOf(marked));
        }

        string marks = new string(' ', Printable.ColumnsOf(before)) + new string('^', Math.Max(1, Printable.ColumnsOf(marked)));
        return new Excerpt(before + marked + after, marks);
    }

    private static string KeepEnd(string text, int columns) =>
        text.Length <= columns ? text : Cut + text[^(columns - 1)..];

    private static string KeepStart(string text, int columns)
    {
        if (text.Length <= columns)
            return text;
        return columns < 1 ? "" : text[..(columns - 1)] + Cut;
    }

    private static string Shown(ReadOnlySpan<byte> bytes) => Printable.Of(Encoding.UTF8.GetString(bytes));
}
