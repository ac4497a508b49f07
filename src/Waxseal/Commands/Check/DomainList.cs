using Waxseal.Inputs;
using Waxseal.Protocol.Names;

namespace Waxseal.Commands.Check;

/// <summary>Reads the policy domains to look at: from arguments, and one a line from a file or standard input.</summary>
internal sealed class DomainList(Stream input)
{
    // A file of something else has as many faults as lines.
    private const int MostFaults = 20;
    private const int MostShown = 60;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _unnamed;

    /// <summary>What is no domain name, with where it stands.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>All policy domains, each once, in the order given.</summary>
    public IEnumerable<DomainName> Read(IEnumerable<string> arguments, string? file)
    {
        foreach (string argument in arguments)
        {
            if (argument == "-")
            {
                foreach (DomainName domain in ReadLines(new StreamReader(input), "standard input"))
                    yield return domain;
            }
            else if (TryAdd(argument, "", out DomainName domain))
            {
                yield return domain;
            }
        }

        if (file is null)
            yield break;
        using StreamReader reader = file == "-" ? new StreamReader(input) : File.OpenText(file);
        foreach (DomainName domain in ReadLines(reader, file == "-" ? "standard input" : file))
            yield return domain;
    }

    /// <summary>Why a file cannot be read, or null.</summary>
    public static string? RefusalOf(string file)
    {
        if (Directory.Exists(file))
            return $"{file} is a folder; --domains takes a file with a policy domain on each line.";
        if (!File.Exists(file))
            return $"there is no file {file}";
        try
        {
            using FileStream stream = File.OpenRead(file);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{file} {InputFile.ReasonOf(fault)}.";
        }
    }

    /// <summary>How many policy domains there are at most, for a measure of progress; null where that shows at the end alone.</summary>
    public static int? Count(string[] arguments, string? file)
    {
        // What is read from a pipe is gone then; a pipe has no length.
        bool isStream = arguments.Contains("-") || file == "-" || (file is not null && new FileInfo(file).Length == 0);
        return isStream ? null : arguments.Length + (file is null ? 0 : File.ReadLines(file).Count(line => line.Length > 0 && line[0] != '#'));
    }

    // What follows a # is a remark; further words on a line, as in lists with counts, are left aside.
    private IEnumerable<DomainName> ReadLines(StreamReader reader, string place)
    {
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            string word = line.Split('#')[0].Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
            if (word.Length > 0 && TryAdd(word, $"{place}, line {number}: ", out DomainName domain))
                yield return domain;
        }
    }

    private bool TryAdd(string text, string place, out DomainName domain)
    {
        string name = text.TrimEnd('.');
        if (!DomainName.TryParse(name, out DomainName? parsed, out DomainNameError? error))
        {
            Note($"{place}\"{(text.Length > MostShown ? $"{text[..MostShown]}[...]" : text)}\" {MeantBy(text) ?? error.Text}");
            domain = null!;
            return false;
        }

        domain = parsed;
        return _seen.Add(parsed.Value);
    }

    private void Note(string fault)
    {
        if (Faults.Count < MostFaults)
            Faults.Add(fault);
        else if (_unnamed++ == 0)
            Faults.Add("");
        if (_unnamed > 0)
            Faults[^1] = $"and {_unnamed} more that are no policy domains.";
    }

    // What people have at hand is an address or a link; the policy domain is a part of it.
    private static string? MeantBy(string text)
    {
        string name = text.LastIndexOf('@') is > 0 and var at ? text[(at + 1)..]
            : Uri.TryCreate(text, UriKind.Absolute, out Uri? link) ? link.Host
            : text;
        foreach (string label in new[] { "mta-sts.", "_mta-sts.", "_smtp._tls." })
            name = name.StartsWith(label, StringComparison.OrdinalIgnoreCase) ? name[label.Length..] : name;
        return DomainName.TryParse(name, out DomainName? policyDomain, out _) ? $"is more than a policy domain; give {policyDomain.Value}" : null;
    }
}
