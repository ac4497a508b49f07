using System.Text;

namespace Waxseal.Fuzz;

/// <summary>Breaks inputs by chance, the same way for the same seed.</summary>
internal sealed class Mutator
{
    private static readonly byte[] Edges = [0, 1, 9, 10, 13, 32, (byte)'"', (byte)',', (byte)';', (byte)':', (byte)'\\', (byte)'{', 127, 128, 192, 255];

    private readonly Random _random;
    private readonly byte[][] _seeds;
    private readonly byte[][] _words;

    public Mutator(FuzzTarget target, int seed)
    {
        _random = new Random(seed);
        _seeds = [.. target.Seeds().Where(text => text.Length <= FuzzTarget.MaxLength)];
        _words = [.. target.Words.Select(Encoding.UTF8.GetBytes)];
        if (_seeds.Length == 0)
            throw new InvalidOperationException($"{target.Name} has no seeds.");
    }

    public IReadOnlyList<byte[]> Unbroken => _seeds;

    public byte[] Next()
    {
        List<byte> text = [.. Pick(_seeds)];
        for (int changes = 1 + _random.Next(6); changes > 0; changes--)
            Change(text);
        return [.. text.Take(FuzzTarget.MaxLength)];
    }

    private void Change(List<byte> text)
    {
        int at = _random.Next(text.Count + 1);
        int length = _random.Next(Math.Min(text.Count - at, 64) + 1);
        switch (_random.Next(8))
        {
            case 0 when at < text.Count:
                text[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < text.Count:
                text[at] = Pick(Edges);
                break;
            case 2:
                text.RemoveRange(at, length);
                break;
            case 3:
                text.InsertRange(_random.Next(text.Count + 1), text.GetRange(at, length));
                break;
            case 4 when _words.Length > 0:
                text.InsertRange(at, Pick(_words));
                break;
            case 5:
                text.InsertRange(at, Enumerable.Repeat(Pick(Edges), _random.Next(1, 300)));
                break;
            case 6:
                Splice(text, at);
                break;
            default:
                text.Insert(at, (byte)_random.Next(256));
                break;
        }
    }

    private void Splice(List<byte> text, int at)
    {
        byte[] other = Pick(_seeds);
        text.RemoveRange(at, text.Count - at);
        text.AddRange(other.AsSpan(_random.Next(other.Length + 1)));
    }

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
