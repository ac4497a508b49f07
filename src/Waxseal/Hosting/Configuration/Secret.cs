using System.Security.Cryptography;
using System.Text;

namespace Waxseal.Hosting.Configuration;

/// <summary>A secret that was read; it never shows itself.</summary>
/// <param name="source">Where it came from, for people.</param>
/// <param name="value">The secret.</param>
internal sealed class Secret(string source, string value)
{
    private static readonly byte[] MarkKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>Where it came from.</summary>
    public string Source => source;

    /// <summary>Tells it from another within this process, and nothing about it.</summary>
    public string Mark { get; } = Convert.ToHexString(HMACSHA256.HashData(MarkKey, Encoding.UTF8.GetBytes(value)));

    /// <summary>The secret itself.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public override string ToString() => "(secret)";
}

/// <summary>Reads secrets: <c>{ file = "PATH" }</c>, <c>{ credential = "NAME" }</c> of systemd, or a plain text.</summary>
/// <param name="credentialsFolder">Where systemd puts credentials (<c>CREDENTIALS_DIRECTORY</c>), or null.</param>
internal sealed class SecretReader(string? credentialsFolder)
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads one.</summary>
    /// <param name="value">The value of the key.</param>
    /// <param name="secret">The secret, or null.</param>
    /// <returns>What is wrong, as the end of a sentence that begins with the key; null when nothing is.</returns>
    public string? Read(ConfigValue value, out Secret? secret)
    {
        secret = null;
        switch (value)
        {
            case ConfigValue.Text plain:
                return Take(plain.Value, "the configuration", "is an empty text; it takes the secret, or { file = \"PATH\" }", out secret);
            case ConfigValue.Table { Keys: [var key] } table when key is "file" or "credential" && table.Entries[key] is ConfigValue.Text place:
                if (key == "file")
                    return FromFile(place.Value, place.Value, out secret);
                return credentialsFolder is null
                    ? $"asks for the credential {place.Value}, and systemd gave none (LoadCredential= in the unit)"
                    : FromFile(Path.Combine(credentialsFolder, Path.GetFileName(place.Value)), $"the credential {place.Value}", out secret);
            default:
                return $"is {value.Kind}; it takes {{ file = \"PATH\" }}, {{ credential = \"NAME\" }} or a text";
        }
    }

    private static string? FromFile(string path, string name, out Secret? secret)
    {
        secret = null;
        try
        {
            if (Directory.Exists(path))
                return $"names {path}, which is a folder; it takes a file";
            if (new FileInfo(path).Length > MaxBytes)
                return $"names {path}, which is larger than any secret";
            return Take(File.ReadAllText(path).TrimEnd('\r', '\n'), name, $"is read from {name}, which is empty; write the secret into it, or take the key out", out secret);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read from {name}: {fault.Message.TrimEnd('.')}";
        }
    }

    // A secret of nothing would let everybody in.
    private static string? Take(string value, string source, string problemOfNone, out Secret? secret)
    {
        bool isNone = string.IsNullOrWhiteSpace(value);
        secret = isNone ? null : new(source, value);
        return isNone ? problemOfNone : null;
    }
}
