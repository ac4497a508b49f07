// Adds up a test run: dotnet run build/tally.cs -- RESULTS NAME=EXIT...
// A NAME with RESULTS/NAME.json (the Common Test Report Format) counts its tests, any other counts as one.
// Names what failed, lists what was skipped and why, and ends with the line "N passed, N failed, N skipped".

using System.Text.Json;

int passed = 0, failed = 0, skipped = 0;
foreach (string run in args.Skip(1))
{
    int equals = run.LastIndexOf('=');
    Add(run[..equals], run[(equals + 1)..]);
}

Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed > 0 || passed == 0 ? 1 : 0;

void Add(string name, string exit)
{
    string report = Path.Combine(args[0], $"{name}.json");
    int failedBefore = failed;
    if (File.Exists(report))
        AddReport(report);
    else if (exit == "0" && !name.EndsWith(".Tests", StringComparison.Ordinal))
        passed++;

    // A run may also break outside of its tests, and then leaves half a report or none.
    if (failed == failedBefore && (exit != "0" || (name.EndsWith(".Tests", StringComparison.Ordinal) && !File.Exists(report))))
        Fail($"{name} (exit code {exit})");
}

void AddReport(string report)
{
    using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(report));
    JsonElement results = document.RootElement.GetProperty("results");
    foreach (JsonElement test in results.GetProperty("tests").EnumerateArray())
        AddTest(test.GetProperty("name").GetString()!, test.GetProperty("status").GetString()!, Message(test));
    foreach (JsonElement suite in results.GetProperty("extra").GetProperty("suites").EnumerateArray())
    {
        foreach (JsonElement error in suite.GetProperty("errors").EnumerateArray())
            Fail($"{Path.GetFileNameWithoutExtension(report)}: {Message(error)}");
    }
}

void AddTest(string name, string status, string message)
{
    if (status == "passed")
    {
        passed++;
    }
    else if (status == "skipped")
    {
        skipped++;
        Console.WriteLine($"skipped  {name}: {message}");
    }
    else
    {
        Fail($"{name}: {message}");
    }
}

void Fail(string what)
{
    failed++;
    Console.WriteLine($"failed   {what}");
}

static string Message(JsonElement element) =>
    element.TryGetProperty("message", out JsonElement message) ? message.ToString().ReplaceLineEndings(" ") : "";
