using Waxseal.Lab.Serving;

namespace Waxseal.Tests.ReportIntake;

public class HostileIntakeTests
{
    private const int MostMegabytes = 256;

    [Fact]
    public async Task Whatever_strangers_send_memory_is_bounded_and_others_are_served()
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-hostile-").FullName;
        HostileIntake intake = new(["dotnet", Path.Combine(AppContext.BaseDirectory, "waxseal.dll")], folder);

        HostileResult result = await intake.RunAsync(connections: 400, TestContext.Current.CancellationToken);

        Directory.Delete(folder, recursive: true);
        Assert.True(result.IsWell(MostMegabytes), result.ToString());
        Assert.All(result.Answers, answer => Assert.True(answer.Value.Split(", ").All(one => one[0] is '4' or '5' || one == "hung up") || answer.Key.Contains("10,000 members", StringComparison.Ordinal), result.ToString()));
    }
}
