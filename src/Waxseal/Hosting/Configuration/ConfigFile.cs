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
            Oddities oddities = new();
            while (parser.MoveNext())
            {
                if (parser.Current.Kind == TomlParseEventKind.StartTable)
                    table = TableIn(parser, 0, oddities);
            }

            foreach ((int line, string header) in TableHeaders.Repeated(text, oddities.LinesOfTexts))
                oddities.Twice[line] = header;
            problems =
            [
                .. parser.Diagnostics.Select(fault => $"{name}, line {fault.Span.Start.Line + 1}: {fault.Message.TrimEnd('.')}."),
                .. oddities.Twice.Select(entry => $"{name}, line {entry.Key}: {entry.Value} stands there twice."),
            ];
            return problems.IsEmpty ? table : ConfigValue.Table.Empty;
        }
        catch (Tomlyn.TomlException fault)
        {
            problems = [$"{name}{(fault.Line is { } line ? $", line {line}" : "")}: {fault.Message.TrimEnd('.')}."];
            return ConfigValue.Table.Empty;
        }
    }

    private static ConfigValue.Table TableIn(TomlParser parser, int line, Oddities oddities)
    {
        ConfigValue.Table table = ConfigValue.Table.Empty with { Line = line };
        string key = "";
        while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndTable)
        {
            if (parser.Current.Kind == TomlParseEventKind.PropertyName)
            {
                key = parser.GetPropertyName();
                line = parser.Current.Line;
                continue;
            }

            table = With(table, key, ValueIn(parser, line, oddities), oddities);
        }

        return table;
    }

    private static ConfigValue.Table With(ConfigValue.Table table, string key, ConfigValue value, Oddities oddities)
    {
        if (table.Entries.GetValueOrDefault(key) is not { } known)
            return table.With(key, value);
        if (Joined(known, value, oddities) is { } both)
            return table.With(key, both);
        oddities.Twice[value.Line] = key;
        return table;
    }

    // TOML 1.0: parts of a table, such as [a.b] and [a.c], and tables in double brackets may have others between them. A table
    // that has keys of its own in both places stands there twice, and so does everything else.
    private static ConfigValue? Joined(ConfigValue first, ConfigValue second, Oddities oddities) => (first, second) switch
    {
        (ConfigValue.List list, ConfigValue.List more) when list.Items.Concat(more.Items).All(item => item is ConfigValue.Table) => list with { Items = [.. list.Items, .. more.Items] },
        (ConfigValue.Table table, ConfigValue.Table rest) when !HasKeys(table) || !HasKeys(rest) => rest.Keys.Aggregate(table, (all, key) => With(all, key, rest.Entries[key], oddities)),
        _ => null,
    };

    private static bool HasKeys(ConfigValue.Table table) =>
        table.Entries.Values.Any(value => value is not ConfigValue.Table && !(value is ConfigValue.List list && list.Items.Any(item => item is ConfigValue.Table)));

    private static ConfigValue ValueIn(TomlParser parser, int line, Oddities oddities)
    {
        switch (parser.Current.Kind)
        {
            case TomlParseEventKind.StartTable:
                return TableIn(parser, line, oddities);
            case TomlParseEventKind.StartArray:
                return ListIn(parser, line, oddities);
            case TomlParseEventKind.String:
                if (parser.Current.Span is { } span)
                    oddities.LinesOfTexts.UnionWith(Enumerable.Range(span.Start.Line + 1, span.End.Line - span.Start.Line + 1));
                return new ConfigValue.Text(parser.GetString(), line);
            case TomlParseEventKind.Integer:
                return new ConfigValue.Number(parser.Current.GetInt64(), line);
            case TomlParseEventKind.Boolean:
                return new ConfigValue.Flag(parser.Current.GetBoolean(), line);
            default:
                return new ConfigValue.Other(line);
        }
    }

    private static ConfigValue.List ListIn(TomlParser parser, int line, Oddities oddities)
    {
        ImmutableArray<ConfigValue>.Builder items = ImmutableArray.CreateBuilder<ConfigValue>();
        while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndArray)
            items.Add(ValueIn(parser, parser.Current.Line is > 0 and var own ? own : line, oddities));
        return new(items.ToImmutable(), line);
    }

    /// <summary>What is noticed on the way.</summary>
    private sealed class Oddities
    {
        /// <summary>What stands in the file twice, by the line of the second.</summary>
        public SortedDictionary<int, string> Twice { get; } = [];

        /// <summary>The lines that texts stand on.</summary>
        public HashSet<int> LinesOfTexts { get; } = [];
    }
}
