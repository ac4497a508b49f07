namespace Waxseal.Hosting.Configuration;

/// <summary>One key of a section: what it is called, what it takes and what it means.</summary>
/// <typeparam name="T">The options it belongs to.</typeparam>
/// <param name="Name">The key.</param>
/// <param name="Type">What it takes, in words, with its unit and range.</param>
/// <param name="Meaning">What it means, as a sentence.</param>
internal sealed record Setting<T>(string Name, string Type, string Meaning)
{
    /// <summary>Reads a value into the options; gives what is wrong, as the end of a sentence that begins with the key, or null.</summary>
    public required Func<T, ConfigValue, SecretReader, string?> Read { get; init; }

    /// <summary>The value of the options as it would stand in the file; null where there is none. Secrets are not shown.</summary>
    public required Func<T, string?> Show { get; init; }

    /// <summary>What tells the value from another where what is shown does not: of a secret a digest.</summary>
    public Func<T, string?> Mark { get; init; } = _ => null;
}
