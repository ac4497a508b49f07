namespace Waxseal.Tests.Commands;

public class InvocationTests
{
    [Fact]
    public async Task Help_fits_the_page_and_is_clean()
    {
        Outcome outcome = await CommandRun.Of("--help");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("Looks after the TLS of mail in transit", outcome.Out);
        Assert.All(outcome.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task No_command_shows_the_help_as_a_usage_error()
    {
        Outcome outcome = await CommandRun.Of();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("Usage", outcome.Out);
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        Outcome outcome = await CommandRun.Of("--version");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("waxseal 0.", outcome.Out);
        Assert.Equal(1, outcome.Out.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Usage_error_points_to_the_help()
    {
        Outcome outcome = await CommandRun.Of("nonsense\e[2J");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Out);
        Assert.Contains("nonsense\\x1B[2J", outcome.Error);
        Assert.EndsWith("Try: waxseal --help\n", outcome.Error);
    }
}
