namespace Waxseal.Terminal;

/// <summary>
/// A page of text for people, written as it grows. All text goes through <see cref="Printable"/>, whoever it is from.
/// </summary>
/// <param name="writer">Where the page goes.</param>
/// <param name="width">Columns of a line.</param>
/// <param name="coloured">Whether styles are shown as colours.</param>
internal sealed class Page(TextWriter writer, int width, bool coloured)
{
    /// <summary>Columns that text keeps however deep it is indented.</summary>
    private const int LeastTextColumns = 20;

    private int _indent;
    private bool _lastLineWasBlank = true;

    public int Width => width;

    /// <summary>A heading, set off by a blank line from what is above.</summary>
    public void Heading(string text)
    {
        Blank();
        Paragraph(Styled.Of(TextStyle.Heading, text));
    }

    /// <summary>A paragraph; its lines begin at the present indentation.</summary>
    public void Paragraph(Styled text) => Write(Indentation(), text, _indent);

    /// <summary>A paragraph behind a mark, hanging from the end of the mark: a bullet, a number.</summary>
    public void Item(Styled text, string mark = "-")
    {
        Line line = Indentation();
        line.Add(new StyledPiece(Printable.Of(mark), TextStyle.Plain));
        line.AddSpaces(1);
        Write(line, text, line.Columns);
    }

    /// <summary>A label and, beside it, text in a column of its own. A label that is too long stands on its own line.</summary>
    /// <param name="label">What the text is.</param>
    /// <param name="text">The text.</param>
    /// <param name="labelColumns">Columns of the label, without the gap of two after it.</param>
    public void Row(Styled label, Styled text, int labelColumns)
    {
        int hang = _indent + labelColumns + 2;
        Line line = Indentation();
        foreach (StyledPiece piece in label.Pieces)
            line.Add(piece with { Text = Printable.Of(piece.Text) });

        if (line.Columns > hang - 2)
        {
            Write(line);
            line = new Line();
        }

        line.AddSpaces(hang - line.Columns);
        Write(line, text, hang);
    }

    /// <summary>One line as it is, never wrapped: a record, a line of a file, a command to paste.</summary>
    public void Verbatim(Styled text)
    {
        Line line = Indentation();
        foreach (StyledPiece piece in text.Pieces)
            line.Add(piece with { Text = Printable.Of(piece.Text) });
        Write(line);
    }

    /// <summary>A blank line, except at the top and after another one.</summary>
    public void Blank()
    {
        if (!_lastLineWasBlank)
            writer.Write('\n');
        _lastLineWasBlank = true;
    }

    /// <summary>Indents what follows until the answer is disposed of.</summary>
    public Indented Indent(int columns = 2)
    {
        _indent += columns;
        return new Indented(this, columns);
    }

    private Line Indentation()
    {
        Line line = new();
        line.AddSpaces(_indent);
        return line;
    }

    private void Write(Line first, Styled text, int hang)
    {
        foreach (Line line in WordWrap.Wrap(first, text, hang, Math.Max(width, hang + LeastTextColumns)))
            Write(line);
    }

    private void Write(Line line)
    {
        writer.Write(line.ToText(coloured));
        writer.Write('\n');
        _lastLineWasBlank = false;
    }

    /// <summary>Takes the indentation back when disposed of.</summary>
    internal readonly struct Indented(Page page, int columns) : IDisposable
    {
        public void Dispose() => page._indent -= columns;
    }
}
