using System.Collections.Immutable;

namespace Waxseal.Hosting.Configuration;

/// <summary>The tables of the file by their names.</summary>
internal sealed class Outline(ConfigValue.Table root, ConfigReading reading)
{
    public ConfigValue.Table? Table(string name)
    {
        ConfigValue.Table? table = root;
        string place = "";
        foreach (string key in name.Split('.'))
        {
            place = place.Length == 0 ? key : $"{place}.{key}";
            if (table is null || !table.Entries.TryGetValue(key, out ConfigValue? value))
                return null;
            if (value is not ConfigValue.Table inner)
            {
                reading.Add(value.Line, $"{place} is {value.Kind}; it is a section: [{place}].");
                return null;
            }

            table = inner;
        }

        return table;
    }

    /// <summary>The tables of a section that may be there several times, each in double brackets.</summary>
    public ImmutableArray<ConfigValue.Table> Tables(string section, string key)
    {
        if (Table(section)?.Entries.GetValueOrDefault(key) is not { } value)
            return [];
        if (value is ConfigValue.List { Items: var items } && items.All(item => item is ConfigValue.Table))
            return [.. items.Cast<ConfigValue.Table>()];
        reading.Add(value.Line, $"{section}.{key} is {value.Kind}; there may be several, each in double brackets: [[{section}.{key}]].");
        return [];
    }

    public void RefuseUnknown(ImmutableArray<string> known)
    {
        foreach (string key in root.Keys.Where(key => !known.Contains(key)))
        {
            string hint = Terminal.NearWord.Of(key, known) is { } nearest ? $"did you mean {nearest}?" : $"the sections are {string.Join(", ", known)}.";
            reading.Add(root.Entries[key].Line, $"{key} is no section; {hint}");
        }
    }
}
