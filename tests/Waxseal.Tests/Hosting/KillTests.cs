using Waxseal.Lab.Serving;

namespace Waxseal.Tests.Hosting;

public class KillTests
{
    [Fact]
    public async Task What_was_answered_as_stored_survives_every_kill()
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-kill-").FullName;
        KillLoop loop = new(["dotnet", Path.Combine(AppContext.BaseDirectory, "waxseal.dll")], folder, $"sqlite:{folder}/waxseal.db");

        KillResult result = await loop.RunAsync(kills: 8, seed: 1, TestContext.Current.CancellationToken);

        Directory.Delete(folder, recursive: true);
        Assert.True(result is { Lost: 0, Doubled: 0, Answered: > 20 }, result.ToString());
    }
}
