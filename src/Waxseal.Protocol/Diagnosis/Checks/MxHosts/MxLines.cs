using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks.Dns;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Diagnosis.Checks.MxHosts;

/// <summary>The mx lines that a policy needs: always all of them, for what is pasted and lacks one holds mail back.</summary>
internal static class MxLines
{
    // So many hosts below one name are a farm; one line serves them all.
    private const int ManyAlike = 10;

    /// <summary>The names of all MX hosts, also of those that were not visited.</summary>
    public static ImmutableArray<string> NamesOf(CheckView view) =>
    [
        .. view.Facts.MxHosts.Select(host => host.Name)
            .Concat(view.Answer(view.Domain, "MX").Records.Select(RecordWire.MxHost).OfType<string>())
            .Where(name => DomainName.TryParse(name, out _, out _)).Distinct(),
    ];

    /// <summary>The lines for some MX hosts, to paste.</summary>
    // RFC 8461 §4.1: a wildcard stands for exactly one label.
    public static string For(ImmutableArray<string> names) => string.Join('\n', names
        .GroupBy(name => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        .SelectMany(alike => alike.Count() > ManyAlike && alike.Key.Contains('.', StringComparison.Ordinal) ? [$"mx: *.{alike.Key}"] : alike.Select(name => $"mx: {name}"))
        .DefaultIfEmpty("mx: <name of the MX host>"));
}
