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

            int line = LineOf(parser);
            ConfigValue value = ValueIn(parser, twice);
            if (table.Entries.GetValueOrDefault(key) is not { } first)
                table = table.With(key, value);
            else if (first is ConfigValue.List before && value is ConfigValue.List more && before.Items.Concat(more.Items).All(item => item is ConfigValue.Table))
                table = table.With(key, before with { Items = [.. before.Items, .. more.Items] }); // TOML 1.0: tables in double brackets may have others between them.
            else
                twice.Add($"line {line}: {key} stands there twice.");
        }

        return table;
    }

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
