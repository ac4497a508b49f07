using System.Collections.Immutable;
using Waxseal.Terminal;

namespace Waxseal.Hosting.Configuration;

/// <summary>A section of the configuration, without the type of its options.</summary>
internal interface ISection
{
    /// <summary>Its name, such as <c>reportIntake.smtp</c>.</summary>
    string Name { get; }

    /// <summary>What it is for, as a sentence.</summary>
    string Meaning { get; }

    /// <summary>Whether there may be several, each in double brackets.</summary>
    bool IsRepeated { get; }

    /// <summary>Its keys: name, type, default as it would stand in the file (null for none), meaning.</summary>
    IEnumerable<(string Name, string Type, string? Default, string Meaning)> Keys { get; }
}

/// <summary>A section of the configuration: its keys, and how to make its options.</summary>
/// <typeparam name="T">Its options, with their defaults.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="meaning">What it is for, as a sentence.</param>
/// <param name="settings">Its keys.</param>
internal sealed class Section<T>(string name, string meaning, params ImmutableArray<Setting<T>> settings) : ISection
    where T : class, IOptions, new()
{
    public string Name => name;

    public string Meaning => meaning;

    public bool IsRepeated { get; init; }

    public IEnumerable<(string Name, string Type, string? Default, string Meaning)> Keys
    {
        get
        {
            T defaults = new();
            return settings.Select(setting => (setting.Name, setting.Type, setting.Show(defaults), setting.Meaning));
        }
    }

    /// <summary>Reads the section, or the overrides of it alone.</summary>
    /// <param name="table">What stands in the file; null when nothing does.</param>
    /// <param name="reading">Takes problems, and gives overrides and secrets.</param>
    /// <param name="place">Its name with its number, where there are several.</param>
    /// <param name="subsections">Keys that are sections of their own.</param>
    public T? Read(ConfigValue.Table? table, ConfigReading reading, string? place = null, params IReadOnlyCollection<string> subsections)
    {
        place ??= name;
        IReadOnlyDictionary<string, ConfigValue> overrides = IsRepeated ? ImmutableDictionary<string, ConfigValue>.Empty : reading.OverridesOf(name, settings.Select(setting => setting.Name));
        if (table is null && overrides.Count == 0)
            return null;

        T options = new();
        HashSet<string> misread = [];
        foreach ((string key, ConfigValue value) in ValuesOf(table, subsections).Where(pair => !overrides.ContainsKey(pair.Key)).Concat(overrides))
        {
            string? problem = settings.FirstOrDefault(setting => setting.Name == key) is { } setting ? setting.Read(options, value, reading.Secrets)
                : $"is unknown{Nearest(key, [.. settings.Select(known => known.Name), .. subsections])}";
            reading.Add(value.Line, place, key, problem);
            if (problem is not null)
                misread.Add(key);
        }

        // What could not be read is not missing as well.
        foreach (string problem in options.Problems().Where(problem => !misread.Contains(problem.Split(' ')[0])))
            reading.Add($"{place}.{problem}");
        return options;
    }

    /// <summary>The options as they would stand in the file.</summary>
    public IEnumerable<string> Show(T options)
    {
        yield return IsRepeated ? $"[[{name}]]" : $"[{name}]";
        foreach (Setting<T> setting in settings)
        {
            if (setting.Show(options) is { } value)
                yield return $"{setting.Name} = {value}";
        }
    }

    /// <summary>What tells the options from others, secrets included, though it does not show them.</summary>
    public string Mark(T options) => string.Join('\n', [.. Show(options), .. settings.Select(setting => setting.Mark(options)).OfType<string>()]);

    private static IEnumerable<KeyValuePair<string, ConfigValue>> ValuesOf(ConfigValue.Table? table, IReadOnlyCollection<string> subsections) =>
        (table?.Keys ?? []).Where(key => !subsections.Contains(key)).Select(key => KeyValuePair.Create(key, table!.Entries[key]));

    private static string Nearest(string key, ImmutableArray<string> known) =>
        NearWord.Of(key, known) is { } nearest ? $"; did you mean {nearest}?" : $"; the keys are {string.Join(", ", known)}";
}

/// <summary>The options of one section.</summary>
internal interface IOptions
{
    /// <summary>What does not fit together, each as a sentence that begins with a key.</summary>
    IEnumerable<string> Problems();
}
