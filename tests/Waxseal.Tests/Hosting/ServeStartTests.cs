using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Waxseal.Lab.Serving;
using Waxseal.Tests.Commands;

namespace Waxseal.Tests.Hosting;

/// <summary>What <c>waxseal serve</c> says when it is started for the first time, or with a configuration that is not ready.</summary>
public sealed class ServeStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-start-").FullName;
    private readonly ConcurrentQueue<string> _said = [];
    private Process? _process;

    private string State => Path.Combine(_folder, "state");

    private string Configuration => Path.Combine(_folder, "waxseal.toml");

    [Fact]
    public async Task Without_a_configuration_the_folder_of_the_store_is_made_first()
    {
        Assert.SkipWhen(File.Exists(Waxseal.Commands.Serve.ConfigurationSource.UsualPath), "This machine has a configuration.");
        Start([], ("WAXSEAL_REPORT_INTAKE_HTTPS_LISTEN", $"127.0.0.1:{ServeProcess.FreePort()}"));

        await UntilAsync("Role started role=reportIntake.folder");
        await UntilAsync(() => File.Exists(Path.Combine(State, "control.sock")));

        Assert.Contains(_said, line => line.EndsWith($"Store opened kind=SQLite place={State}/waxseal.db", StringComparison.Ordinal));
        Assert.DoesNotContain(_said, line => line.Contains("not opened", StringComparison.Ordinal));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(State) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task The_folder_of_the_default_store_is_made_though_no_role_needs_it_and_that_no_role_is_on_is_said()
    {
        await File.WriteAllTextAsync(Configuration, "# nothing yet\n", TestContext.Current.CancellationToken);
        Start(["--config", Configuration]);

        await UntilAsync("No role is on, so nothing is done; add the section of one");
        await UntilAsync(() => File.Exists(Path.Combine(State, "control.sock")));

        Assert.DoesNotContain(_said, line => line.Contains("not opened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_of_the_store_that_is_missing_is_told_of_once_in_plain_words()
    {
        string folder = Path.Combine(_folder, "none");
        await File.WriteAllTextAsync(Configuration, $"[store]\ndatabase = \"sqlite:{folder}/waxseal.db\"\n", TestContext.Current.CancellationToken);
        Start(["--config", Configuration]);

        await UntilAsync($"Control socket not opened, waxseal ctl does not reach this process path={folder}/control.sock reason=the folder {folder} of the socket does not exist");
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);

        Assert.EndsWith($"Store not opened reason=the database {folder}/waxseal.db cannot be opened: its folder {folder} does not exist", Assert.Single(_said, line => line.Contains("Store not opened", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[reportIntake.https]")]
    [InlineData("[metrics]")]
    public async Task An_address_that_is_taken_is_told_of_in_one_sentence(string section)
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        await File.WriteAllTextAsync(Configuration, $"{section}\nlisten = \"{taken.LocalEndpoint}\"\n", TestContext.Current.CancellationToken);
        Start(["--config", Configuration]);

        await _process!.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, _process.ExitCode);
        Assert.DoesNotContain(_said, line => line.Contains("   at ", StringComparison.Ordinal) || line.Contains("Microsoft.", StringComparison.Ordinal));
        Assert.Contains("address already in use", string.Join(' ', _said), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_file_that_was_emptied_is_refused_and_each_refusal_is_told_of_once()
    {
        string control = Path.Combine(State, "control.sock");
        await File.WriteAllTextAsync(Configuration, $"[metrics]\nlisten = \"127.0.0.1:0\"\n", TestContext.Current.CancellationToken);
        Start(["--config", Configuration]);
        await UntilAsync(() => File.Exists(control));
        await File.WriteAllTextAsync(Configuration, "", TestContext.Current.CancellationToken);

        Outcome first = await CommandRun.Of("ctl", "reload", "--socket", control);
        Outcome second = await CommandRun.Of("ctl", "reload", "--socket", control);
        Outcome status = await CommandRun.Of("ctl", "status", "--socket", control);
        await UntilAsync("Configuration refused again, for what was told before problems=1");

        Assert.Equal((2, 2), (first.ExitCode, second.ExitCode));
        Assert.StartsWith("waxseal: The configuration has no section of a role any more, so that everything", first.Error, StringComparison.Ordinal);
        Assert.Contains("\nmetrics               running since", status.Out, StringComparison.Ordinal);
        Assert.Single(_said, line => line.Contains("Configuration refused, nothing changed problem=The configuration has no section", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start(string[] options, params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "waxseal.dll"), "serve", .. options]) { RedirectStandardError = true };
        start.Environment["STATE_DIRECTORY"] = State;
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    private Task UntilAsync(string said) => UntilAsync(() => _said.Any(line => line.Contains(said, StringComparison.Ordinal)));

    private async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 600 && !condition(); i++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.True(condition(), string.Join('\n', _said));
    }
}
