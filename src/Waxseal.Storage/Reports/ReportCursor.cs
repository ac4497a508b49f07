using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waxseal.Storage.Reports;

/// <summary>A place in the list of reports, newest first: the report after which it goes on.</summary>
/// <param name="At">When it arrived, in milliseconds.</param>
/// <param name="PolicyDomain">What it is about.</param>
/// <param name="Key">Its key.</param>
internal sealed record ReportCursor(long At, string PolicyDomain, byte[] Key)
{
    private const int KeyOctets = 32;
    private const int FixedOctets = sizeof(long) + KeyOctets;
    private const int MostLetters = 1024;

    /// <summary>The place of a report.</summary>
    public static ReportCursor Of(StoredReport report) =>
        new(report.Arrival.At.ToUnixTimeMilliseconds(), report.Reference.PolicyDomain, report.Reference.Key.ToArray());

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ReportCursor? cursor)
    {
        cursor = null;
        if (text.Length > MostLetters || !Base64Url.IsValid(text))
            return false;
        byte[] octets = Base64Url.DecodeFromChars(text);
        if (octets.Length < FixedOctets)
            return false;
        cursor = new(BinaryPrimitives.ReadInt64BigEndian(octets), Encoding.UTF8.GetString(octets.AsSpan(FixedOctets)), octets[sizeof(long)..FixedOctets]);
        return true;
    }

    /// <summary>A text to hand over and to give back; nobody else reads it.</summary>
    public override string ToString()
    {
        byte[] octets = new byte[FixedOctets + Encoding.UTF8.GetByteCount(PolicyDomain)];
        BinaryPrimitives.WriteInt64BigEndian(octets, At);
        Key.CopyTo(octets, sizeof(long));
        Encoding.UTF8.GetBytes(PolicyDomain, octets.AsSpan(FixedOctets));
        return Base64Url.EncodeToString(octets);
    }
}
