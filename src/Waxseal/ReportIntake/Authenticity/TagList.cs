using System.Diagnostics.CodeAnalysis;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>The tags of a signature or of a key record, white space taken out of their values, for none of them means any.</summary>
internal sealed class TagList
{
    private static readonly char[] White = [' ', '\t', '\r', '\n'];

    private readonly Dictionary<string, string> _tags;

    private TagList(Dictionary<string, string> tags) => _tags = tags;

    /// <summary>The value of a tag, or null.</summary>
    public string? this[string name] => _tags.GetValueOrDefault(name);

    // RFC 6376 §3.2: tag-list = tag-spec *( ";" tag-spec ) [ ";" ], tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
    public static bool TryParse(string text, [NotNullWhen(true)] out TagList? list)
    {
        list = null;
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        string[] specs = text.Split(';');
        for (int i = 0; i < specs.Length; i++)
        {
            string spec = specs[i].Trim(White);
            if (spec.Length == 0 && i == specs.Length - 1)
                break;

            // RFC 6376 §3.2: a name that occurs twice makes the whole list invalid.
            int equals = spec.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !tags.TryAdd(spec[..equals].TrimEnd(White), string.Concat(spec[(equals + 1)..].Split(White))))
                return false;
        }

        list = new(tags);
        return true;
    }
}
