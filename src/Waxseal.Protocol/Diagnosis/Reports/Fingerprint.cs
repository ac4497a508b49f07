using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>Makes a short name of any number of texts and numbers, which nobody can give to others of his choice.</summary>
internal sealed class Fingerprint
{
    private readonly StringBuilder _text = new(1024);

    public UInt128 Value => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString())));

    // A length before each part keeps two texts from running into one another.
    public Fingerprint Add(string? part)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}\n");
        return this;
    }

    public Fingerprint Add(long number)
    {
        _text.Append(number).Append('\n');
        return this;
    }
}
