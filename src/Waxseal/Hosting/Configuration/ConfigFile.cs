using System.Collections.Immutable;
using Tomlyn.Parsing;

namespace Waxseal.Hosting.Configuration;

/// <summary>Reads the text of a configuration file (TOML 1.0) into values.</summary>
internal static class ConfigFile
{
    /// <summary>Longest file that is read, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What the file is called, for problems.</param>
    /// <param name="problems">What breaks the grammar, one line each.</param>
    public static ConfigValue.Table Read(string text, string name, out ImmutableArray<string> problems)
    {
        try
        {
            TomlParser parser = TomlParser.Create(text, new TomlParserOptions { Mode = TomlParserMode.Tolerant, DecodeScalars = true, EagerStringValues = true }, null);
            ConfigValue.Table table = ConfigValue.Table.Empty;
            List<string> twice = [];
            while (parser.MoveNext())
            {
                if (parser.Current.Kind == TomlParseEventKind.StartTable)
                    table = TableIn(parser, twice);
            }

            problems = [.. parser.Diagnostics.Select(fault => $"{name}, line {fault.Span.Start.Line + 1}: {fault.Message.TrimEnd('.')}."), .. twice.Select(fault => $"{name}, {fault}")];
            return problems.IsEmpty ? table : ConfigValue.Table.Empty;
        }
        catch (Tomlyn.TomlException fault)
        {
            problems = [$"{name}{(fault.Line is { } line ? $", line {line}" : "")}: {fault.Message.TrimEnd('.')}."];
            return ConfigValue.Table.Empty;
        }
    }

    private static ConfigValue.Table TableIn(TomlParser parser, List<string> twice)
    {
        ConfigValue.Table table = ConfigValue.Table.Empty with { Line = LineOf(parser) };
        string key = "";
        while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndTable)
        {
            if (parser.Current.Kind == TomlParseEventKind.PropertyName)
            {
                key = parser.GetPropertyName();
                continue;
            }

            ConfigValue value = ValueIn(parser, twice);
            table = With(table, key, value, twice);
        }

        return table;
    }

    private static ConfigValue.Table With(ConfigValue.Table table, string key, ConfigValue value, List<string> twice)
    {
        if (table.Entries.GetValueOrDefault(key) is not { } known)
            return table.With(key, value);
        if (Joined(known, value, twice) is { } both)
            return table.With(key, both);
        twice.Add($"line {LineOf(value)}: {key} stands there twice.");
        return table;
    }

    // TOML 1.0: parts of a table, such as [a.b] and [a.c], and tables in double brackets may have others between them. A table
    // that has keys of its own in both places stands there twice, and so does everything else.
    private static ConfigValue? Joined(ConfigValue first, ConfigValue second, List<string> twice) => (first, second) switch
    {
        (ConfigValue.List list, ConfigValue.List more) when list.Items.Concat(more.Items).All(item => item is ConfigValue.Table) => list with { Items = [.. list.Items, .. more.Items] },
        (ConfigValue.Table table, ConfigValue.Table rest) when !HasKeys(table) || !HasKeys(rest) => rest.Keys.Aggregate(table, (all, key) => With(all, key, rest.Entries[key], twice)),
        _ => null,
    };

    // A table that only its parts make known stands where the first of them does.
    private static int LineOf(ConfigValue value) =>
        value is ConfigValue.Table { Line: 0, Entries.IsEmpty: false } table ? table.Entries.Values.Min(LineOf) : value.Line;

    private static bool HasKeys(ConfigValue.Table table) =>
        table.Entries.Values.Any(value => value is not ConfigValue.Table && !(value is ConfigValue.List list && list.Items.Any(item => item is ConfigValue.Table)));

    private static ConfigValue ValueIn(TomlParser parser, List<string> twice)
    {
        int line = LineOf(parser);
        return parser.Current.Kind switch
        {
            TomlParseEventKind.StartTable => TableIn(parser, twice),
            TomlParseEventKind.StartArray => ListIn(parser, line, twice),
            TomlParseEventKind.String => new ConfigValue.Text(parser.GetString(), line),
            TomlParseEventKind.Integer => new ConfigValue.Number(parser.Current.GetInt64(), line),
            TomlParseEventKind.Boolean => new ConfigValue.Flag(parser.Current.GetBoolean(), line),
            _ => new ConfigValue.Other(line),
        };
    }

    private static ConfigValue.List ListIn(TomlParser parser, int line, List<string> twice)
    {
        ImmutableArray<ConfigValue>.Builder items = ImmutableArray.CreateBuilder<ConfigValue>();
        while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndArray)
            items.Add(ValueIn(parser, twice));
        return new(items.ToImmutable(), line);
    }

    private static int LineOf(TomlParser parser) => parser.Current.Line is { } line ? line : 0;
}
