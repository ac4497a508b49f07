using System.Globalization;
using System.Text.RegularExpressions;

namespace Waxseal.Tests.Hosting.Metrics;

/// <summary>Reads the text format of Prometheus strictly, and fails where a text departs from it.</summary>
internal static partial class ExpositionReader
{
    /// <summary>The samples by name and labels, in a text that ends every line, and says help and type once and first.</summary>
    public static Dictionary<string, double> Read(string text, bool isOpen)
    {
        Assert.EndsWith(isOpen ? "# EOF\n" : "\n", text, StringComparison.Ordinal);
        Dictionary<string, double> samples = [];
        HashSet<string> seen = [];
        string family = "";
        string type = "";
        foreach (string line in text[..^(isOpen ? 6 : 0)].Split('\n')[..^1])
        {
            if (Head().Match(line) is { Success: true } head)
            {
                string name = head.Groups["name"].Value;
                if (head.Groups["key"].Value == "HELP")
                {
                    Assert.True(seen.Add(name), $"{name} comes twice");
                    family = name;
                }

                Assert.Equal(family, name);
                type = head.Groups["key"].Value == "TYPE" ? head.Groups["text"].Value : type;
                continue;
            }

            Match sample = Sample().Match(line);
            Assert.True(sample.Success, $"neither comment nor sample: {line}");
            string expected = type switch
            {
                "counter" when isOpen => $"^{family}_total$",
                "histogram" => $"^{family}_(bucket|sum|count)$",
                _ => $"^{family}$",
            };
            Assert.Matches(expected, sample.Groups["name"].Value);
            Assert.Matches("^(counter|gauge|histogram)$", type);
            samples.Add(sample.Groups["key"].Value, double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture));
        }

        return samples;
    }

    [GeneratedRegex("^# (?<key>HELP|TYPE|UNIT) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>.+)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^(?<key>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\[\\n""])*"")(,[a-zA-Z_][a-zA-Z0-9_]*=""([^""\\]|\\[\\n""])*"")*\})?) (?<value>[-+0-9.eE]+|NaN|\+Inf)$")]
    private static partial Regex Sample();
}
