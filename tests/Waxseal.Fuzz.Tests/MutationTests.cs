using System.Diagnostics;

namespace Waxseal.Fuzz.Tests;

/// <summary>A few seconds of fuzzing for each parser, the same every time; bench/fuzz.sh is the thorough way.</summary>
public class MutationTests
{
    private const int Seed = 8461;

    // Inputs hold 64 KiB at most. A parser that takes this long for one is quadratic somewhere.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Broken_input_breaks_no_promise(string name)
    {
        FuzzTarget target = FuzzTargets.Named(name);
        Mutator mutator = new(target, Seed);
        foreach (byte[] input in mutator.Unbroken)
            Run(target, input);
        for (int i = 0; i < target.Inputs; i++)
            Run(target, mutator.Next());
    }

    private static void Run(FuzzTarget target, byte[] input)
    {
        long start = Stopwatch.GetTimestamp();
        Exception? fault = Record.Exception(() => target.Run(input));
        TimeSpan taken = Stopwatch.GetElapsedTime(start);

        Assert.True(fault is null, $"{fault}\nThe input in base64: {Convert.ToBase64String(input)}");
        Assert.True(taken < Slow, $"Took {taken}. The input in base64: {Convert.ToBase64String(input)}");
    }
}
