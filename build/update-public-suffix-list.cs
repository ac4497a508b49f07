#!/usr/bin/env dotnet
// Rewrites src/Waxseal.Protocol/Names/public_suffix_list.txt from the list of Debian's package `publicsuffix`:
//   dotnet run build/update-public-suffix-list.cs [SOURCE]
// Run it at the root of the repository.
#:project ../src/Waxseal.Protocol/Waxseal.Protocol.csproj
#:property RestorePackagesWithLockFile=false

using Waxseal.Protocol.Names;

string source = args.Length > 0 ? args[0] : "/usr/share/publicsuffix/public_suffix_list.dat";
const string Target = "src/Waxseal.Protocol/Names/public_suffix_list.txt";

// The terms of the list ask that this notice goes with every copy.
string[] header =
[
    "// This Source Code Form is subject to the terms of the Mozilla Public",
    "// License, v. 2.0. If a copy of the MPL was not distributed with this",
    "// file, You can obtain one at https://mozilla.org/MPL/2.0/.",
    $"// The rules of https://publicsuffix.org/list/, {DateOf(source)}, ICANN and private ones, without its comments;",
    "// A-labels in byte order. Made by build/update-public-suffix-list.cs; do not edit.",
];

string[] rules = [.. File.ReadLines(source).Where(IsRule).Select(ToALabels).Distinct().Order(StringComparer.Ordinal)];
File.WriteAllText(Target, string.Join('\n', header.Concat(rules)) + "\n");
Console.WriteLine($"{rules.Length} rules written to {Target}");

// The list's own words: a rule ends at white space; blank lines and lines that begin with // are none.
static bool IsRule(string line) => line.Trim().Length > 0 && !line.StartsWith("//", StringComparison.Ordinal);

static string ToALabels(string line)
{
    string rule = line.Trim().Split(' ', '\t')[0];
    string prefix = rule.StartsWith("*.", StringComparison.Ordinal) ? "*." : rule[0] == '!' ? "!" : "";
    return DomainName.TryParse(rule[prefix.Length..], out DomainName? name, out DomainNameError? error)
        ? prefix + name.Value
        : throw new InvalidDataException($"The rule {rule} {error.Text}.");
}

static string DateOf(string path) => $"as of {File.GetLastWriteTimeUtc(path):yyyy-MM-dd}";
