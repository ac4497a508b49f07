using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Tests.Commands.Lint;

/// <summary>The problem codes in the code of the protocol library: its string literals of their form.</summary>
internal static class LibraryCodes
{
    private const byte LoadString = 0x72;

    // The namespaces of the readers; elsewhere words of the same form mean something else.
    private static readonly string[] Readers =
    [
        "Waxseal.Protocol.MtaSts", "Waxseal.Protocol.MtaSts.Grammar", "Waxseal.Protocol.MtaSts.Slips",
        "Waxseal.Protocol.TlsRpt.Records", "Waxseal.Protocol.Dane.Presentation",
    ];

    private static readonly string[] Prefixes = ["sts-record-", "sts-policy-", "sts-problems-", "tlsrpt-record-", "tlsrpt-rua-", "tlsa-"];

    public static IEnumerable<string> OfRecordsAndPolicies() => Literals(Readers).Where(text =>
        Prefixes.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length) && IsCode(text));

    public static IEnumerable<string> OfReports() =>
        Literals(["Waxseal.Protocol.TlsRpt.Defects"]).Where(text => text.Contains('-') && IsCode(text));

    private static bool IsCode(string text) => text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    private static SortedSet<string> Literals(string[] namespaces)
    {
        using FileStream file = File.OpenRead(typeof(Problem).Assembly.Location);
        using PEReader assembly = new(file);
        MetadataReader metadata = assembly.GetMetadataReader();
        SortedSet<string> literals = new(StringComparer.Ordinal);
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            if (!namespaces.Contains(NamespaceOf(type, metadata)))
                continue;
            foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                if (method.RelativeVirtualAddress > 0)
                    literals.UnionWith(LiteralsIn(assembly.GetMethodBody(method.RelativeVirtualAddress).GetILContent(), metadata));
            }
        }

        return literals;
    }

    // A nested type, such as that of an iterator, has none of its own.
    private static string NamespaceOf(TypeDefinition type, MetadataReader metadata)
    {
        while (type.Attributes.HasFlag(TypeAttributes.NestedPublic) || !type.GetDeclaringType().IsNil)
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return metadata.GetString(type.Namespace);
    }

    // ECMA-335 §III.4.16: ldstr, and the token of the literal. A token by chance does no harm: it is a literal all the same.
    private static IEnumerable<string> LiteralsIn(ImmutableArray<byte> code, MetadataReader metadata)
    {
        int heap = metadata.GetHeapSize(HeapIndex.UserString);
        for (int i = 0; i + 5 <= code.Length; i++)
        {
            int offset = code[i + 1] | (code[i + 2] << 8) | (code[i + 3] << 16);
            if (code[i] == LoadString && code[i + 4] == 0x70 && offset < heap)
                yield return metadata.GetUserString(MetadataTokens.UserStringHandle(offset));
        }
    }
}
