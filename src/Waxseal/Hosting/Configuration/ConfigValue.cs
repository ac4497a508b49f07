using System.Collections.Immutable;

namespace Waxseal.Hosting.Configuration;

/// <summary>A value of the configuration file, with the line it stands on.</summary>
/// <param name="Line">The line, from 1; 0 for one that is not from the file.</param>
internal abstract record ConfigValue(int Line)
{
    private ConfigValue(int line, bool _)
        : this(line)
    {
    }

    /// <summary>What kind of value it is, in a word for people.</summary>
    public string Kind => this switch
    {
        Text => "a text",
        Number => "a number",
        Flag => "true or false",
        List => "a list",
        Table => "a table",
        _ => "a date or a fraction",
    };

    /// <summary>A text.</summary>
    public sealed record Text(string Value, int Line) : ConfigValue(Line, true);

    /// <summary>A whole number.</summary>
    public sealed record Number(long Value, int Line) : ConfigValue(Line, true);

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value, int Line) : ConfigValue(Line, true);

    /// <summary>A list.</summary>
    public sealed record List(ImmutableArray<ConfigValue> Items, int Line) : ConfigValue(Line, true);

    /// <summary>A table: keys with values, in the order of the file.</summary>
    public sealed record Table(ImmutableDictionary<string, ConfigValue> Entries, ImmutableArray<string> Keys, int Line) : ConfigValue(Line, true)
    {
        public static Table Empty { get; } = new(ImmutableDictionary<string, ConfigValue>.Empty, [], 0);

        public Table With(string key, ConfigValue value) => new(Entries.SetItem(key, value), Keys.Contains(key) ? Keys : Keys.Add(key), Line);
    }

    /// <summary>Something that no key takes.</summary>
    public sealed record Other(int Line) : ConfigValue(Line, true);
}
