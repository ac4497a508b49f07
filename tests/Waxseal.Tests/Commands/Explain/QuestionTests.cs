using System.Text.RegularExpressions;

namespace Waxseal.Tests.Commands.Explain;

/// <summary>
/// The question the project began with: Google reports success, Microsoft reports sts-policy-fetch-error and nothing
/// else; what could cause it?
/// </summary>
public partial class QuestionTests
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples", "question");

    private readonly Task<Outcome> _outcome = CommandRun.Of("explain", Samples, "--as-of", "2024-11-09");

    [Theory]
    [InlineData("The reports do not contradict each other, for they speak of different UTC days: Microsoft of 2024-11-07, Google of 2024-11-08.")]
    [InlineData("Microsoft saw the TXT record _mta-sts.eden.one")]
    [InlineData("So the TXT record was not missing, nor held in a cache as missing.")]
    [InlineData("The address of mta-sts.eden.one is another name; it may well have been missing then, or held in a cache as missing.")]
    [InlineData("last failure <= time the address of mta-sts.eden.one was published + min(SOA TTL, SOA MINIMUM) of its zone + the five minutes")]
    [InlineData("None of this mail was lost or held back: a sender that holds no policy from before must deliver as if there were no MTA-STS (RFC 8461 §3.3)")]
    [InlineData("your policy is in mode testing")]
    [InlineData("file, certificate and grammar were good then. That they were bad for long is improbable.")]
    [InlineData("The access log of mta-sts.eden.one for 2024-11-07 (UTC)")]
    [InlineData("no User-Agent (\"-\"), from 2a01:111:f400::/48 or another of Microsoft's networks (AS8075; seen in 2020)")]
    [InlineData("Microsoft's report for 2024-11-08 decides whether it goes on. It is due about 2024-11-09 19:30 UTC.")]
    [InlineData("(The report for 2024-11-07 was made 2024-11-08 19:27 UTC, as its report-id says.)")]
    public async Task The_answer_says(string sentence)
    {
        Outcome outcome = await _outcome;
        Assert.Contains(sentence, WhiteSpace().Replace(outcome.Out, " "));
    }

    [Fact]
    public async Task Causes_are_ranked_by_what_a_sender_met_on_its_first_visit()
    {
        Outcome outcome = await _outcome;
        string[] order = [.. Causes().Matches(outcome.Out).Select(match => match.Groups[1].Value)];

        Assert.Equal(["C01", "C02"], order[..2]);
        Assert.Contains("D05", order);
        Assert.Contains("G05", order);
        Assert.Contains("not determinable from these reports", outcome.Out);
        Assert.Contains("Improbable: [", outcome.Out);
    }

    // The whole text is kept so that a change of it is read by somebody before it is given to others.
    [Fact]
    public async Task The_text_is_the_one_that_was_reviewed()
    {
        Outcome outcome = await _outcome;
        Assert.Equal(await File.ReadAllTextAsync(TestData.Path("explain/question.txt"), TestContext.Current.CancellationToken), outcome.Out);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task The_JSON_is_the_one_that_programs_rely_on()
    {
        Outcome outcome = await CommandRun.Of("explain", "--json", Samples, "--as-of", "2024-11-09");
        Assert.Equal(await File.ReadAllTextAsync(TestData.Path("explain/question.json"), TestContext.Current.CancellationToken), outcome.Out);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public async Task The_text_fits_80_columns() =>
        Assert.All((await _outcome).Out.Split('\n'), line => Assert.True(line.Length <= 80, line));

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"^ +\d+ %  \[([A-N]\d\d)\]", RegexOptions.Multiline)]
    private static partial Regex Causes();
}
