using System.Diagnostics;
using SharpFuzz;
using Waxseal.Fuzz;

// The parts of coverage-guided fuzzing that bench/fuzz.sh puts together.
switch (args)
{
    case ["targets"]:
        foreach (FuzzTarget target in FuzzTargets.All)
            Console.WriteLine(target.Name);
        return 0;

    case ["instrument", .. string[] assemblies]:
        foreach (string assembly in assemblies)
            Fuzzer.Instrument(assembly, _ => true, Options.Value);
        return 0;

    case ["seeds", string name, string folder]:
        WriteSeeds(FuzzTargets.Named(name), folder);
        return 0;

    case ["afl", string name]:
        Fuzzer.Run(stream => FuzzTargets.Named(name).Run(ReadAll(stream)));
        return 0;

    case ["replay", string name, .. string[] files]:
        foreach (string file in files)
            Replay(FuzzTargets.Named(name), file);
        return 0;

    default:
        Console.Error.WriteLine("usage: Waxseal.Fuzz targets | instrument DLL... | seeds TARGET FOLDER | afl TARGET | replay TARGET FILE...");
        return 2;
}

static void WriteSeeds(FuzzTarget target, string folder)
{
    Directory.CreateDirectory(Path.Combine(folder, "seeds"));
    int number = 0;
    foreach (byte[] seed in target.Seeds().Where(seed => seed.Length is > 0 and <= FuzzTarget.MaxLength))
        File.WriteAllBytes(Path.Combine(folder, "seeds", $"{number++:D5}"), seed);
    File.WriteAllLines(Path.Combine(folder, "words"), target.Words.Select(Quoted));
}

// The dictionary form of afl-fuzz: everything but plain letters as \xNN.
static string Quoted(string word) =>
    $"\"{string.Concat(System.Text.Encoding.UTF8.GetBytes(word).Select(b => char.IsAsciiLetterOrDigit((char)b) ? $"{(char)b}" : $"\\x{b:x2}"))}\"";

static byte[] ReadAll(Stream stream)
{
    MemoryStream copy = new();
    stream.CopyTo(copy);
    return copy.ToArray();
}

static void Replay(FuzzTarget target, string file)
{
    long start = Stopwatch.GetTimestamp();
    try
    {
        target.Run(File.ReadAllBytes(file));
        Console.WriteLine($"{file}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms");
    }
    catch (Exception fault)
    {
        Console.WriteLine($"{file}: {fault}");
    }
}
