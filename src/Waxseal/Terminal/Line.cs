using System.Text;

namespace Waxseal.Terminal;

/// <summary>A line under construction: printable pieces, and how many columns they take.</summary>
internal sealed class Line
{
    private readonly List<StyledPiece> _pieces = [];

    public int Columns { get; private set; }

    public void Add(StyledPiece printable)
    {
        _pieces.Add(printable);
        Columns += Printable.ColumnsOf(printable.Text);
    }

    public void AddSpaces(int count)
    {
        if (count > 0)
            Add(new StyledPiece(new string(' ', count), TextStyle.Plain));
    }

    public string ToText(bool coloured)
    {
        StringBuilder text = new();
        foreach (StyledPiece piece in _pieces)
            text.Append(coloured ? piece.Style.Colour(piece.Text) : piece.Text);
        return text.ToString().TrimEnd(' ');
    }
}
