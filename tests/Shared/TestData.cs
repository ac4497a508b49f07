namespace Waxseal.Tests;

/// <summary>Finds the files of <c>tests/corpus</c>, which lie beside the test assembly.</summary>
internal static class TestData
{
    public static string Path(string relative) => System.IO.Path.Combine(AppContext.BaseDirectory, "corpus", relative);

    public static byte[] Bytes(string relative) => File.ReadAllBytes(Path(relative));
}
