using Waxseal.Lab;
using Waxseal.Lab.Faults;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Net.Tests.Checks;

public class AnswerTests
{
    [Theory]
    [InlineData("H05 no mx", "\nmx: mx.example.test")]
    public async Task The_answer_holds(string key, string text) => Assert.Contains(text, await AnswerAsync(key), StringComparison.Ordinal);

    // Titles, what was seen, and what to do.
    private static async Task<string> AnswerAsync(string key)
    {
        await using LabWorld world = LabWorld.Create();
        LabFaults.Get(key).Apply(world);
        return string.Join('\n', Checker.Check(await world.ProbeAsync(TestContext.Current.CancellationToken)).Findings.Select(InWords));
    }

    private static string InWords(Finding finding) => string.Join('\n', [finding.Title, finding.Happened, .. finding.Actions]);
}
