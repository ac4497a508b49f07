using System.Diagnostics;

namespace Waxseal.Tests.Commands;

/// <summary>Runs the program as a process of its own, with the streams of the system.</summary>
public class ProcessTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "waxseal.dll");

    [Theory]
    [InlineData("--version > /dev/full", 4, "the answer cannot be written to standard output: No space left on device")]
    [InlineData("--version >&-", 4, "the answer cannot be written to standard output: Bad file descriptor")]
    [InlineData("--version 2> /dev/full", 0, "")]
    [InlineData("explain 2> /dev/full", 2, "")]
    public void Stream_that_takes_nothing_is_no_crash(string arguments, int exitCode, string message)
    {
        (int code, _, string error) = Shell($"dotnet '{Program}' {arguments}");
        Assert.Equal(exitCode, code);
        Assert.Equal(message, error.Replace("waxseal: ", "", StringComparison.Ordinal).ReplaceLineEndings(" ").TrimEnd());
    }

    [Fact]
    public void Reader_that_stops_reading_ends_the_program()
    {
        string samples = Path.Combine(AppContext.BaseDirectory, "samples", "question");
        (_, string output, string error) = Shell($"{{ sleep 2; dotnet '{Program}' explain '{samples}'; echo $? >&2; }} | true");
        Assert.Equal(("", "141\n"), (output, error));
    }

    [Fact]
    public void Text_comes_in_from_standard_input_and_goes_out_to_standard_output()
    {
        (int code, string output, _) = Shell($"printf 'v=STSv1; id=1;' | dotnet '{Program}' lint sts-record");
        Assert.Equal(0, code);
        Assert.EndsWith("\nvalid\n", output);
    }

    [Fact]
    public void Terminal_is_asked_for_its_width_and_left_as_it_was()
    {
        Assert.SkipUnless(Shell("script -qec true /dev/null < /dev/null").ExitCode == 0, "script(1) cannot open a terminal here.");
        (int code, string output, _) = Shell(
            $"TERM=xterm NO_COLOR=1 script -qec \"stty cols 60; dotnet '{Program}' lint --help\" /dev/null < /dev/null");
        Assert.Equal(0, code);
        Assert.DoesNotContain('\e', output);
        string paragraphs = output.Split("Arguments")[1].Split("Examples")[0];
        Assert.InRange(paragraphs.Split('\n').Max(line => line.TrimEnd().Length), 48, 60);
    }

    private static (int ExitCode, string Output, string Error) Shell(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
