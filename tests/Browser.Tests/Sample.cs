namespace Browser.Tests;

/// <summary>The reports of the question that Waxseal began with.</summary>
internal static class Sample
{
    /// <summary>Their files.</summary>
    public static string[] Reports => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples", "question"), "*.json").Order(StringComparer.Ordinal)];

    /// <summary>The text of the one that tells of a failure.</summary>
    public static Task<string> FailureAsync() => File.ReadAllTextAsync(Reports.Single(path => path.EndsWith("microsoft.json", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
}
