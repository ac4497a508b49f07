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
            while (parser.MoveNext())
            {
                if (parser.Current.Kind == TomlParseEventKind.StartTable)
                    table = TableIn(parser);
            }

            problems = [.. parser.Diagnostics.Select(fault => $"{name}, line {fault.Span.Start.Line + 1}: {fault.Message.TrimEnd('.')}.")];
            return problems.IsEmpty ? table : ConfigValue.Table.Empty;
        }
        catch (Tomlyn.TomlException fault)
        {
            problems = [$"{name}{(fault.Line is { } line ? $", line {line}" : "")}: {fault.Message.TrimEnd('.')}."];
            return ConfigValue.Table.Empty;
        }
    }

    private static ConfigValue.Table TableIn(TomlParser parser)
    {
        ConfigValue.Table table = ConfigValue.Table.Empty with { Line = LineOf(parser) };
        string key = "";
        while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndTable)
        {
            if (parser.Current.Kind == TomlParseEventKind.PropertyName)
                key = parser.GetPropertyName();
            else
                table = table.With(key, ValueIn(parser));
        }

        return table;
    }

    private static ConfigValue ValueIn(TomlParser parser)
    {
        int line = LineOf(parser);
        return parser.Current.Kind switch
        {
            TomlParseEventKind.StartTable => TableIn(parser),
            TomlParseEventKind.StartArray => ListIn(parser, line),
            TomlParseEventKind.String => new ConfigValue.Text(parser.GetString(), line),
            TomlParseEventKind.Integer => new ConfigValue.Number(parser.Current.GetInt64(), line),
            TomlParseEventKind.Boolean => new ConfigValue.Flag(parser.Current.GetBoolean(), line),
            _ => new ConfigValue.Other(line),
        };
    }

    private static ConfigValue.List ListIn(TomlParser parser, int line)
    {
        ImmutableArray<ConfigValue>.Builder items = ImmutableArray.CreateBuilder<ConfigValue>();
        while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndArray)
            items.Add(ValueIn(parser));
        return new(items.ToImmutable(), line);
    }

    private static int LineOf(TomlParser parser) => parser.Current.Line is { } line ? line : 0;
}
