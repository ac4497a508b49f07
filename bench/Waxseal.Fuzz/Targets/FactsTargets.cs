using System.Text;
using System.Text.Json;
using System.Xml;
using Waxseal.Commands.Check;
using Waxseal.Commands.Check.Outputs;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Terminal;

namespace Waxseal.Fuzz.Targets;

/// <summary>Facts that are read back from a file, judged, and written in each form.</summary>
internal static class FactsTargets
{
    public static readonly FuzzTarget Facts = new(
        "facts",
        ReadFacts,
        () => Seeds.Folder("facts"),
        "null", "[null]", "[]", "{}", "\"\"", "-1", "1e308", "4294967295", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "\"\\ud800\"",
        "\"\\u0000\\u001b[2J\"", "\"policyDomain\":", "\"found\"", "\"failed\"", "\"no-name\"", "\"bogus\"", "\"data\":\"AAAA\"", "\"body\":\"\"", "\"isBogus\":false",
        "\"version\":1", "\"type\":\"TXT\"", "\"type\":\"TLSA\"", "\"type\":\"CAA\"", "\"type\":\"MX\"")
    {
        Inputs = 3_000,
    };

    private static void ReadFacts(ReadOnlySpan<byte> json)
    {
        if (!FactsFile.TryRead(new MemoryStream(json.ToArray()), out DomainFacts[]? domains, out string? problem))
        {
            Promise.Kept(problem.Length > 0, "A file that is refused has a reason.");
            return;
        }

        CheckResult[] results = [.. domains.Select(Checker.Check)];
        foreach (DomainFacts facts in domains)
        {
            Promise.Kept(Checker.Summarise(facts).Seen.All(seen => seen.Share is >= 0 and <= 1), "A share is one.");
            Promise.Kept(Observed.In(facts).Values.All(value => value.Agrees(value.Value) && IsKeepable(value.Value)), "What is observed can be kept.");
        }

        string written = Written(results, stream => new CheckJson(stream));
        Promise.Kept(FactsFile.TryRead(new MemoryStream(Encoding.UTF8.GetBytes(written)), out DomainFacts[]? again, out _), "Facts read back.");
        Promise.Kept(again!.Length == domains.Length, "Facts read back as they were.");
        Promise.Kept(written == Written([.. again.Select(Checker.Check)], stream => new CheckJson(stream)), "Facts read back are judged alike.");

        using (JsonDocument.Parse(Written(results, stream => new CheckSarif(stream))))
        {
        }

        ReadXml(Written(results, stream => new CheckJunit(stream, _ => true)));
        string html = Written(results, stream => new CheckHtml(stream));
        string text = WrittenAsText(results);
        Promise.Kept(!html.Concat(text).Any(letter => char.IsControl(letter) && letter != '\n'),
            $"No control character is written, and there is U+{(int)html.Concat(text).FirstOrDefault(letter => char.IsControl(letter) && letter != '\n'):X4}.");
    }

    private static bool IsKeepable(string? value) => value is null || (value.Length <= 4096 && !value.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')));

    private static string Written(CheckResult[] results, Func<Stream, ICheckOutput> open)
    {
        MemoryStream stream = new();
        using (ICheckOutput output = open(stream))
            Write(results, output);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string WrittenAsText(CheckResult[] results)
    {
        MemoryStream stream = new();
        Surroundings surroundings = new(Stream.Null, stream, Stream.Null);
        using (CheckText output = new(surroundings.NewPage(), verbose: true))
            Write(results, output);
        surroundings.Out.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(CheckResult[] results, ICheckOutput output)
    {
        foreach (CheckResult result in results)
            output.Write(result);
        output.End();
    }

    private static void ReadXml(string xml)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(xml));
        while (reader.Read())
        {
        }
    }
}
