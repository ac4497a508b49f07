using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Waxseal.Hosting.Configuration;

/// <summary>One reading of the configuration: takes what is wrong, gives what the environment overrides, and secrets.</summary>
/// <param name="file">What the file is called, for problems; null without one.</param>
/// <param name="environment">The variables of the environment.</param>
internal sealed partial class ConfigReading(string? file, IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The variable that has internal errors shown in full.</summary>
    public const string Debug = "WAXSEAL_DEBUG";

    private const string Prefix = "WAXSEAL_";

    private readonly List<string> _problems = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Everything that is wrong, in the order it was met.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads secrets.</summary>
    public SecretReader Secrets { get; } = new(environment.GetValueOrDefault("CREDENTIALS_DIRECTORY"));

    /// <summary>Notes what is wrong, once.</summary>
    public void Add(string problem)
    {
        if (!_problems.Contains(problem))
            _problems.Add(problem);
    }

    /// <summary>Notes what is wrong with a section.</summary>
    public void Add(int line, string problem) => Add($"{PlaceOf(line)}{problem}");

    /// <summary>Notes what is wrong with a key, if anything is.</summary>
    public void Add(int line, string place, string key, string? problem)
    {
        if (problem is not null)
            Add(line, $"{place}.{key} {problem}{(problem[^1] == '?' ? "" : ".")}");
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

    /// <summary>Refuses variables that would set a key if there were such a key.</summary>
    /// <param name="sections">All sections.</param>
    public void RefuseUnknownVariables(IEnumerable<ISection> sections)
    {
        string[] known = [.. sections.Where(section => !section.IsRepeated).SelectMany(section => section.Keys.Select(key => VariableOf(section.Name, key.Name)))];
        foreach (string variable in environment.Keys.Where(IsOurs).Except(known).Order(StringComparer.Ordinal))
        {
            Add(Terminal.NearWord.Of(variable, known) is { } nearest
                ? $"{variable} in the environment sets no key; did you mean {nearest}?"
                : $"{variable} in the environment sets no key; waxseal config describe names the variable of each key.");
        }
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

    private static bool IsOurs(string variable) => variable.StartsWith(Prefix, StringComparison.Ordinal) && variable != Debug && !OfKubernetes().IsMatch(variable);

    // Every container near a service named waxseal is told by variables of these names where the service is.
    [GeneratedRegex("_SERVICE_(HOST|PORT)(_|$)|_PORT$|_PORT_[0-9]+_")]
    private static partial Regex OfKubernetes();

    private string PlaceOf(int line) => line > 0 && file is not null ? $"{file}, line {line.ToString(CultureInfo.InvariantCulture)}: " : "";

    // A variable has no types: what reads as a number or a flag is one, and commas part a list.
    private static ConfigValue ValueOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? new ConfigValue.Number(number, 0)
        : text is "true" or "false" ? new ConfigValue.Flag(text == "true", 0)
        : text.Contains(',', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal)
            ? new ConfigValue.List([.. text.Split(',', StringSplitOptions.TrimEntries).Select(item => (ConfigValue)new ConfigValue.Text(item, 0))], 0)
        : new ConfigValue.Text(text, 0);
}
