using System.Collections.Immutable;
using System.Globalization;

namespace Waxseal.Hosting.Configuration;

/// <summary>The kinds of keys there are. Each tells what it takes, reads it and shows it.</summary>
internal static class Settings
{
    public static Setting<T> Text<T>(string name, string meaning, Func<T, string?> get, Action<T, string> set, Func<string, string?>? problem = null, string type = "text") => new(name, type, meaning)
    {
        Read = (options, value, _) => value is not ConfigValue.Text { Value: var text } ? $"is {value.Kind}; it takes a text" : Take(text, problem?.Invoke(text), options, set),
        Show = options => get(options) is { } text ? Quoted(text) : null,
    };

    public static Setting<T> Texts<T>(string name, string meaning, Func<T, ImmutableArray<string>> get, Action<T, ImmutableArray<string>> set, Func<string, string?>? problem = null, string type = "list of texts") => new(name, $"{type}; one alone may stand as a text", meaning)
    {
        Read = (options, value, _) =>
        {
            ImmutableArray<ConfigValue> items = value is ConfigValue.List list ? list.Items : [value];
            if (items.FirstOrDefault(item => item is not ConfigValue.Text) is { } wrong)
                return $"holds {wrong.Kind}; it takes texts";
            ImmutableArray<string> texts = [.. items.Cast<ConfigValue.Text>().Select(item => item.Value)];
            return Take(texts, texts.Select(text => problem?.Invoke(text)).FirstOrDefault(found => found is not null), options, set);
        },
        Show = options => $"[{string.Join(", ", get(options).Select(Quoted))}]",
    };

    public static Setting<T> Flag<T>(string name, string meaning, Func<T, bool> get, Action<T, bool> set) => new(name, "true or false", meaning)
    {
        Read = (options, value, _) => value is ConfigValue.Flag { Value: var flag } ? Take(flag, null, options, set) : $"is {value.Kind}; it takes true or false",
        Show = options => get(options) ? "true" : "false",
    };

    public static Setting<T> Number<T>(string name, string meaning, (long Least, long Most) range, Func<T, long> get, Action<T, long> set, string unit = "") =>
        new(name, $"number{(unit.Length > 0 ? $" of {unit}" : "")}, {Count(range.Least)} to {Count(range.Most)}", meaning)
        {
            Read = (options, value, _) => value is not ConfigValue.Number { Value: var number } ? $"is {value.Kind}; it takes a whole number"
                : Take(number, number < range.Least || number > range.Most ? $"is {Count(number)}; it must lie between {Count(range.Least)} and {Count(range.Most)}" : null, options, set),
            Show = options => get(options).ToString(CultureInfo.InvariantCulture),
        };

    public static Setting<T> Time<T>(string name, string meaning, (TimeSpan Least, TimeSpan Most) range, Func<T, TimeSpan> get, Action<T, TimeSpan> set) =>
        new(name, $"time such as \"90s\", \"5m\", \"12h\" or \"30d\", {Spans.Of(range.Least)} to {Spans.Of(range.Most)}", meaning)
        {
            Read = (options, value, _) => value is not ConfigValue.Text { Value: var text } ? $"is {value.Kind}; it takes a time such as \"90s\""
                : !Spans.TryParse(text, out TimeSpan span) ? $"is \"{text}\"; it takes a time such as \"90s\", \"5m\", \"12h\" or \"30d\""
                : Take(span, span < range.Least || span > range.Most ? $"is {text}; it must lie between {Spans.Of(range.Least)} and {Spans.Of(range.Most)}" : null, options, set),
            Show = options => Quoted(Spans.Of(get(options))),
        };

    public static Setting<T> Choice<T>(string name, string meaning, ImmutableArray<string> words, Func<T, string> get, Action<T, string> set) => new(name, $"one of {string.Join(", ", words)}", meaning)
    {
        Read = (options, value, _) => value is ConfigValue.Text { Value: var text } && words.Contains(text)
            ? Take(text, null, options, set)
            : $"is {(value is ConfigValue.Text other ? Quoted(other.Value) : value.Kind)}; it takes one of {string.Join(", ", words)}",
        Show = options => Quoted(get(options)),
    };

    public static Setting<T> Secret<T>(string name, string meaning, Func<T, Secret?> get, Action<T, Secret?> set) => new(name, "secret: { file = \"PATH\" }, { credential = \"NAME\" } or a text", meaning)
    {
        Read = (options, value, secrets) =>
        {
            if (secrets.Read(value, out Secret? secret) is { } problem)
                return problem;
            set(options, secret);
            return null;
        },
        Show = options => get(options) is { } secret ? $"\"(secret)\" # from {secret.Source}" : null,
        Mark = options => get(options)?.Mark,
    };

    private static string? Take<T, TValue>(TValue value, string? problem, T options, Action<T, TValue> set)
    {
        if (problem is null)
            set(options, value);
        return problem;
    }

    // TOML 1.0: a basic string.
    private static string Quoted(string text) => $"\"{string.Concat(text.Select(Escaped))}\"";

    private static string Escaped(char letter) => letter switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        < ' ' or '\u007f' => $"\\u{(int)letter:X4}",
        _ => letter.ToString(),
    };

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
