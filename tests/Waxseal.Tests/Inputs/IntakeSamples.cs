using System.Text;
using Waxseal.Inputs;

namespace Waxseal.Tests.Inputs;

/// <summary>Takes in the files of <c>tests/corpus/intake</c> and bytes made up by a test.</summary>
internal static class IntakeSamples
{
    public static string Path(string name) => TestData.Path($"intake/{name}");

    public static List<IntakeResult> Read(string name) => ReadPaths(Path(name));

    public static List<IntakeResult> ReadPaths(params string[] paths) =>
        [.. new ReportFiles(Stream.Null).Read(paths, TestContext.Current.CancellationToken)];

    public static List<IntakeResult> ReadInput(string text) => ReadInput(Encoding.UTF8.GetBytes(text));

    public static List<IntakeResult> ReadInput(byte[] bytes)
    {
        using MemoryStream input = new(bytes);
        return [.. new ReportFiles(input).Read(["-"], TestContext.Current.CancellationToken)];
    }

    public static string TextOf(this IntakeResult.Found found) => Encoding.UTF8.GetString(found.Json.Span);
}
