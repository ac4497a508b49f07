using System.Text.RegularExpressions;

namespace Interop.Tests.Network;

/// <summary>Asks name servers from the prober's end, by a program that is not ours.</summary>
internal sealed partial class Dns(Namespaces namespaces)
{
    /// <summary>The data of one type of record at each of several names; names without are left out.</summary>
    public async Task<Dictionary<string, string>> AskAsync(string server, IEnumerable<string> names, string type, CancellationToken cancellationToken)
    {
        IEnumerable<string> words = ["kdig", $"@{server}", "+noall", "+answer", "+timeout=1", "+retry=0", .. names.SelectMany(name => new[] { name, type })];
        CommandResult result = await CommandLine.TryRunAsync(Namespaces.Within(namespaces.Prober, words), cancellationToken);
        return result.Output.Split('\n')
            .Select(line => Record().Match(line))
            .Where(match => match.Success && match.Groups["type"].Value == type)
            .DistinctBy(match => match.Groups["owner"].Value)
            .ToDictionary(match => match.Groups["owner"].Value, match => match.Groups["data"].Value);
    }

    [GeneratedRegex(@"^(?<owner>\S*?)\.\s+\d+\s+IN\s+(?<type>\S+)\s+(?<data>.+)$")]
    private static partial Regex Record();
}
