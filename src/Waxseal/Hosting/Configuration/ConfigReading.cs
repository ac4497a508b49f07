using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Waxseal.Hosting.Configuration;

/// <summary>One reading of the configuration: takes what is wrong, gives what the environment overrides, and secrets.</summary>
/// <param name="file">What the file is called, for problems; null without one.</param>
/// <param name="environment">The variables of the environment.</param>
internal sealed class ConfigReading(string? file, IReadOnlyDictionary<string, string> environment)
{
    private const string Prefix = "WAXSEAL_";

    private readonly List<string> _problems = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Everything that is wrong, in the order it was met.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads secrets.</summary>
    public SecretReader Secrets { get; } = new(environment.GetValueOrDefault("CREDENTIALS_DIRECTORY"));

    public void Add(string problem) => _problems.Add(problem);

    /// <summary>Notes what is wrong with a key, if anything is.</summary>
    public void Add(int line, string place, string key, string? problem)
    {
        if (problem is null)
            return;
        string where = line > 0 && file is not null ? $"{file}, line {line.ToString(CultureInfo.InvariantCulture)}: " : "";
        _problems.Add($"{where}{place}.{key} {problem}{(problem[^1] == '?' ? "" : ".")}");
    }

    /// <summary>The keys of a section that the environment sets, such as <c>WAXSEAL_STORE_DATABASE</c>.</summary>
    public IReadOnlyDictionary<string, ConfigValue> OverridesOf(string section, IEnumerable<string> keys)
    {
        Dictionary<string, ConfigValue> overrides = [];
        foreach (string key in keys)
        {
            string variable = VariableOf(section, key);
            if (environment.TryGetValue(variable, out string? text) && _used.Add(variable))
                overrides[key] = ValueOf(text);
        }

        return overrides;
    }

    /// <summary>The variable that sets a key.</summary>
    public static string VariableOf(string section, string key)
    {
        StringBuilder name = new(Prefix);
        foreach (char letter in $"{section}.{key}")
        {
            if (char.IsUpper(letter))
                name.Append('_');
            name.Append(letter == '.' ? '_' : char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }

    // A variable has no types: what reads as a number or a flag is one, and commas part a list.
    private static ConfigValue ValueOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? new ConfigValue.Number(number, 0)
        : text is "true" or "false" ? new ConfigValue.Flag(text == "true", 0)
        : text.Contains(',', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal)
            ? new ConfigValue.List([.. text.Split(',', StringSplitOptions.TrimEntries).Select(item => (ConfigValue)new ConfigValue.Text(item, 0))], 0)
        : new ConfigValue.Text(text, 0);
}
