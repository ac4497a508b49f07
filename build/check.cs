#:package Microsoft.CodeAnalysis.CSharp

// Checks what the compiler cannot. `dotnet run build/check.cs` prints what to look at and fails on what must not be;
// with `-- --write` it also brings docs/conformance.md up to date.

using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

const int LongFile = 300;
const int LongMethod = 60;
const int FullFolder = 15;
const string Page = "docs/conformance.md";

string[] files = TrackedFiles();
List<SourceFile> sources = [.. files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Select(SourceFile.Read)];
List<string> remarks = [.. LongFiles(), .. LongMethods(), .. FullFolders()];
List<string> faults =
[
    .. sources.SelectMany(Fences.Faults),
    .. sources.SelectMany(Comments.Faults),
    .. sources.SelectMany(EmptyCatches),
    .. files.Where(IsOurText).SelectMany(Places.Faults),
];

string conformance = Conformance.Page(sources);
if (args.Contains("--write"))
    File.WriteAllText(Page, conformance);
else if (!File.Exists(Page) || File.ReadAllText(Page) != conformance)
    faults.Add($"{Page}: is stale; run: dotnet run build/check.cs -- --write");

remarks.ForEach(remark => Console.WriteLine($"look at  {remark}"));
faults.ForEach(fault => Console.WriteLine($"wrong    {fault}"));
Console.WriteLine($"{sources.Count} source files: {faults.Count} wrong, {remarks.Count} to look at");
return faults.Count == 0 ? 0 : 1;

static string[] TrackedFiles()
{
    ProcessStartInfo git = new("git", "ls-files --cached --others --exclude-standard") { RedirectStandardOutput = true };
    using Process process = Process.Start(git)!;
    string[] names = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    process.WaitForExit();
    return process.ExitCode == 0 && names.Length > 0
        ? [.. names.Where(File.Exists).Order(StringComparer.Ordinal)]
        : throw new InvalidOperationException("git ls-files found nothing: run this in a clone, from its top folder.");
}

static bool IsOurText(string file) =>
    file != "build/check.cs" && !Array.Exists(["samples/", "tests/corpus/"], file.StartsWith);

IEnumerable<string> LongFiles() =>
    from source in sources
    where source.LineCount > LongFile
    select $"{source.Path}: {source.LineCount} lines";

IEnumerable<string> LongMethods() =>
    from source in sources
    from method in source.Root.DescendantNodes()
    where method is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
    let lines = source.LinesOf(method)
    where lines > LongMethod
    select $"{source.At(method)}: a method of {lines} lines";

IEnumerable<string> FullFolders() =>
    from file in files
    where IsOurText(file)
    group file by Path.GetDirectoryName(file)! into folder
    where folder.Count() > FullFolder && folder.Key.Length > 0
    select $"{folder.Key}: {folder.Count()} files";

static IEnumerable<string> EmptyCatches(SourceFile source) =>
    from clause in source.Root.DescendantNodes().OfType<CatchClauseSyntax>()
    where clause.Block.Statements.Count == 0
    select $"{source.At(clause)}: an empty catch";

/// <summary>One C# file as the compiler sees it.</summary>
internal sealed record SourceFile(string Path, SyntaxNode Root)
{
    private SourceText Text => Root.SyntaxTree.GetText();

    public int LineCount => Text.Lines.Count;

    public static SourceFile Read(string path) => new(path, CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot());

    public int LineOf(int position) => Text.Lines.GetLineFromPosition(position).LineNumber + 1;

    public int LinesOf(SyntaxNode node) => LineOf(node.Span.End) - LineOf(node.SpanStart) + 1;

    public string At(SyntaxNode node) => $"{Path}:{LineOf(node.SpanStart)}";

    /// <summary>Comments that follow each other line by line, as one text each, with the place of the first.</summary>
    public IEnumerable<(SyntaxTrivia First, string[] Lines)> CommentBlocks()
    {
        List<SyntaxTrivia> block = [];
        foreach (SyntaxTrivia comment in Root.DescendantTrivia().Where(IsComment))
        {
            if (block.Count > 0 && LineOf(comment.SpanStart) != LineOf(block[^1].SpanStart) + 1)
            {
                yield return (block[0], Lines(block));
                block = [];
            }

            block.Add(comment);
        }

        if (block.Count > 0)
            yield return (block[0], Lines(block));
    }

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    private static string[] Lines(List<SyntaxTrivia> block) =>
        [.. block.Select(line => line.ToString().TrimStart('/', '*', ' ').TrimEnd())];
}

/// <summary>Roles meet in the database alone.</summary>
internal static class Fences
{
    private static readonly string[] Roles =
        ["Resolver", "PolicyHost", "Collector", "ReportSender", "ReportIntake", "Monitor", "Alerts", "Dashboard"];

    public static IEnumerable<string> Faults(SourceFile source)
    {
        if (Array.Find(Roles, role => source.Path.StartsWith($"src/Waxseal/{role}/", StringComparison.Ordinal)) is not { } own)
            return [];

        return from name in source.Root.DescendantNodes()
               where name is QualifiedNameSyntax or MemberAccessExpressionSyntax
               let text = name.ToString().Replace("global::", "", StringComparison.Ordinal)
               from role in Roles
               where role != own && text == $"Waxseal.{role}"
               select $"{source.At(name)}: the role {own} uses the role {role}";
    }
}

/// <summary>What a comment must not leave open.</summary>
internal static class Comments
{
    // Documentation may speak of a standard as a whole; a comment beside code cites a rule.
    public static IEnumerable<string> Faults(SourceFile source) =>
        from block in source.CommentBlocks()
        let text = string.Join(' ', block.Lines)
        from fault in (string?[])[Unsectioned(text), Undone(text)]
        where fault is not null
        select $"{source.Path}:{source.LineOf(block.First.SpanStart)}: {fault}";

    private static readonly string[] Exact = [" §", " appendix ", " erratum ", "="];

    private static string? Unsectioned(string text)
    {
        foreach (string mention in text.Split("RFC ").Skip(1))
        {
            string number = new([.. mention.TakeWhile(char.IsAsciiDigit)]);
            if (number.Length > 0 && !Array.Exists(Exact, mention[number.Length..].StartsWith))
                return $"RFC {number} is cited without a section";
        }

        return null;
    }

    private static string? Undone(string text) =>
        text.Contains("TODO", StringComparison.Ordinal) && !text.Contains("TODO #", StringComparison.Ordinal)
            ? "TODO without the number of an issue"
            : null;
}

/// <summary>Nothing in the repository knows the machine it was written on, or where its packages came from.</summary>
internal static class Places
{
    private static readonly string[] Paths = ["/work/", "/root/", "/home/", ":\\Users\\"];
    private static readonly string[] Registries = ["nuget", "npmjs", "registry", "debian", "mirror", "proxy"];

    public static IEnumerable<string> Faults(string file)
    {
        string[] lines = File.ReadAllLines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            if (Array.Exists(Paths, path => lines[i].Contains(path, StringComparison.Ordinal)))
                yield return $"{file}:{i + 1}: a path of one machine";
            if (Hosts(lines[i]).Any(name => name.Split('.').Any(label => Registries.Contains(label))))
                yield return $"{file}:{i + 1}: the host of a package registry";
        }
    }

    private static IEnumerable<string> Hosts(string line) =>
        line.Split("://").Skip(1).Select(rest => new string([.. rest.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')]));
}

/// <summary>The page that says which rule is kept where, and where we differ.</summary>
internal static class Conformance
{
    // A rule kept, or, without text, a test that names the section.
    private sealed record Citation(int Rfc, string Section, string? Text, string Member, string Path);

    public static string Page(List<SourceFile> sources)
    {
        var rules = sources.Where(source => source.Path.StartsWith("src/", StringComparison.Ordinal)).SelectMany(Rules);
        StringBuilder page = new("""
            # Conformance

            Which rule is kept where, gathered from the comments of the code, and how many tests name the section.
            Made by `dotnet run build/check.cs -- --write`; do not edit by hand.

            """);
        foreach (var rfc in rules.Concat(sources.SelectMany(Proofs)).GroupBy(citation => citation.Rfc).OrderBy(rfc => rfc.Key))
        {
            page.Append($"\n## RFC {rfc.Key}\n");
            foreach (var section in rfc.GroupBy(citation => citation.Section).OrderBy(section => SortKey(section.Key), StringComparer.Ordinal))
                Append(page, section.Key, section.ToLookup(citation => citation.Text is null));
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, string section, ILookup<bool, Citation> citations)
    {
        page.Append($"\n### §{section}\n\n");
        foreach (Citation rule in citations[false].DistinctBy(rule => (rule.Text, rule.Member)))
            page.Append($"- {rule.Text} ([{rule.Member}](../{rule.Path}))\n");
        if (citations[true].Any())
            page.Append($"- Tests: {string.Join(", ", citations[true].GroupBy(test => test.Member).Select(tests => $"{tests.Key} ({tests.Count()})"))}\n");
    }

    private static IEnumerable<Citation> Rules(SourceFile source)
    {
        foreach ((SyntaxTrivia first, string[] lines) in source.CommentBlocks())
        {
            (int Rfc, string Section)? place = null;
            string text = "";
            foreach (string line in lines.Append("RFC "))
            {
                bool deviates = line.StartsWith("Deviation:", StringComparison.Ordinal);
                if (!deviates && !line.StartsWith("RFC ", StringComparison.Ordinal))
                {
                    text = $"{text} {line}";
                    continue;
                }

                if (place is { } at)
                    yield return new(at.Rfc, at.Section, Escape(text), MemberOf(first), source.Path);
                place = deviates ? place : Place(line);
                text = deviates ? line : Rule(line);
            }
        }
    }

    private static IEnumerable<Citation> Proofs(SourceFile source) =>
        from attribute in source.Root.DescendantNodes().OfType<AttributeSyntax>()
        where attribute.Name.ToString() == "Rfc"
        let arguments = attribute.ArgumentList!.Arguments
        let rfc = int.Parse(arguments[0].ToString(), System.Globalization.CultureInfo.InvariantCulture)
        select new Citation(rfc, arguments[1].ToString().Trim('"'), null, Path.GetFileNameWithoutExtension(source.Path), source.Path);

    private static (int Rfc, string Section)? Place(string line)
    {
        string[] words = line.Split([' ', ':', ',', ';', ')']);
        return words.Length > 2 && int.TryParse(words[1], out int rfc) && words[2].StartsWith('§')
            ? (rfc, words[2].Trim('§', '.'))
            : null;
    }

    private static string Rule(string line) =>
        line.IndexOf(' ', line.IndexOf('§') + 1) is > 0 and int end ? line[end..] : "";

    // Rules quote grammar, which Markdown would read as its own.
    private static string Escape(string text) =>
        text.Trim() is not { Length: > 0 } rule ? "As the section has it"
        : rule.Contains(" = ", StringComparison.Ordinal) || rule.Contains("=/", StringComparison.Ordinal) ? $"`{rule.Replace('`', '\'')}`"
        : rule.Replace("<", "&lt;", StringComparison.Ordinal).Replace("Deviation:", "**Deviation:**", StringComparison.Ordinal);

    private static string MemberOf(SyntaxTrivia comment)
    {
        SyntaxNode? node = comment.Token.Parent;
        string? member = null;
        for (; node is not null and not BaseTypeDeclarationSyntax; node = node.Parent)
        {
            member ??= node switch
            {
                MethodDeclarationSyntax method => method.Identifier.Text,
                PropertyDeclarationSyntax property => property.Identifier.Text,
                FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
                EnumMemberDeclarationSyntax value => value.Identifier.Text,
                _ => null,
            };
        }

        string type = (node as BaseTypeDeclarationSyntax)?.Identifier.Text ?? "file";
        return member is null ? type : $"{type}.{member}";
    }

    private static string SortKey(string section) =>
        string.Join('.', section.Split('.').Select(part => part.PadLeft(4, '0')));
}
