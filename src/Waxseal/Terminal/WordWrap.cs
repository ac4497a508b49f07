namespace Waxseal.Terminal;

/// <summary>Breaks styled text into lines at its spaces.</summary>
internal static class WordWrap
{
    /// <summary>Fills <paramref name="first"/>, and as many lines after it as the text needs.</summary>
    /// <param name="first">A line that may hold something already, such as a bullet.</param>
    /// <param name="text">The text. Runs of spaces count as one.</param>
    /// <param name="hang">Columns left empty at the start of every further line.</param>
    /// <param name="width">
    /// Most columns of a line. A word that is longer stands alone on its line, unbroken, so that it can be copied.
    /// </param>
    public static IEnumerable<Line> Wrap(Line first, Styled text, int hang, int width)
    {
        Line line = first;
        bool lineIsEmpty = true;
        foreach (List<StyledPiece> word in WordsOf(text))
        {
            int columns = word.Sum(piece => Printable.ColumnsOf(piece.Text));
            if (!lineIsEmpty && line.Columns + 1 + columns > width)
            {
                yield return line;
                line = new Line();
                line.AddSpaces(hang);
                lineIsEmpty = true;
            }

            if (!lineIsEmpty)
                line.AddSpaces(1);
            word.ForEach(line.Add);
            lineIsEmpty = false;
        }

        yield return line;
    }

    private static IEnumerable<List<StyledPiece>> WordsOf(Styled text)
    {
        List<StyledPiece> word = [];
        foreach (StyledPiece piece in text.Pieces)
        {
            string[] parts = Printable.Of(piece.Text).Split(' ');
            for (int i = 0; i < parts.Length; i++)
            {
                // A number and its percent sign are one word.
                bool isPercent = i > 0 && word.Count > 0 && parts[i].StartsWith('%');
                if (isPercent)
                    parts[i] = $" {parts[i]}";
                if (i > 0 && word.Count > 0 && !isPercent)
                {
                    yield return word;
                    word = [];
                }

                if (parts[i].Length > 0)
                    word.Add(piece with { Text = parts[i] });
            }
        }

        if (word.Count > 0)
            yield return word;
    }
}
