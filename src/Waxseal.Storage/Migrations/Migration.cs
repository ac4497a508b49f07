using System.Security.Cryptography;
using System.Text;

namespace Waxseal.Storage.Migrations;

/// <summary>One step of the schema.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Name">What it brings.</param>
/// <param name="Script">Its statements, the same text for each database.</param>
internal sealed record Migration(int Number, string Name, string Script)
{
    /// <summary>All steps, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Read();

    /// <summary>A digest of the text, so that a step that was changed after it was applied is noticed.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    private static Migration[] Read() =>
    [
        .. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => new Migration(int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name[5..^4].Replace('_', ' '), TextOf(name))),
    ];

    private static string TextOf(string name)
    {
        using StreamReader reader = new(typeof(Migration).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
