namespace Waxseal.Tests.Commands.Config;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-config-").FullName;

    [Fact]
    public async Task All_that_is_described_fits_into_80_columns()
    {
        Outcome outcome = await CommandRun.Of("config", "describe");

        Assert.Equal(0, outcome.ExitCode);
        Assert.DoesNotContain(outcome.Out.Split('\n'), line => line.Length > 80);
        Assert.All(["A list of one may stand as a text.", "A path that does not begin with /", "#[[alerts.webhook]]"], text => Assert.Contains(text, outcome.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reportIntake")]
    [InlineData("[reportIntake]")]
    public async Task One_section_can_be_described_alone(string name)
    {
        Outcome outcome = await CommandRun.Of("config", "describe", name);

        Assert.StartsWith("# Takes TLS reports in.\n#[reportIntake]\n", outcome.Out, StringComparison.Ordinal);
        Assert.EndsWith("# Sections below it: reportIntake.https, reportIntake.smtp, reportIntake.lmtp,\n# reportIntake.folder, reportIntake.maildir, reportIntake.mailbox.\n", outcome.Out, StringComparison.Ordinal);
        Assert.Single(outcome.Out.Split('\n'), line => line.StartsWith("#[", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_section_that_there_is_not_is_told_with_the_nearest() =>
        Assert.Equal(new Outcome(2, "", "waxseal: reportIntake.htps is no section; did you mean reportIntake.https?\n"), await CommandRun.Of("config", "describe", "reportIntake.htps"));

    [Theory]
    [InlineData("check")]
    [InlineData("show")]
    public async Task A_folder_is_no_configuration_file(string command)
    {
        Outcome outcome = await CommandRun.Of("config", command, "-c", _folder);

        Assert.Equal((2, $"waxseal: {_folder} is a folder; name the configuration file in it, such as {_folder}/waxseal.toml."), (outcome.ExitCode, OneLine(outcome.Error)));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_of()
    {
        Outcome outcome = await CommandRun.Of("config", "check", "-c", $"{_folder}/none.toml");

        Assert.Equal((2, $"waxseal: {_folder}/none.toml does not exist."), (outcome.ExitCode, OneLine(outcome.Error)));
    }

    [Fact]
    public async Task A_configuration_without_a_role_is_told_of()
    {
        string file = Path.Combine(_folder, "waxseal.toml");
        await File.WriteAllTextAsync(file, "[store]\n", TestContext.Current.CancellationToken);

        Outcome outcome = await CommandRun.Of("config", "check", "-c", file);

        Assert.Equal((0, $"{file}: nothing is wrong. No role is on: the configuration has no section of one, such as [reportIntake.https] (waxseal config describe)."), (outcome.ExitCode, OneLine(outcome.Out)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
