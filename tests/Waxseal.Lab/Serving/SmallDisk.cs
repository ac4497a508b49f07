using System.Diagnostics;

namespace Waxseal.Lab.Serving;

/// <summary>A disk of a few megabytes, in memory, that can be filled to the last octet.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _filler;

    private SmallDisk(string folder)
    {
        Folder = folder;
        _filler = Path.Combine(folder, "filler");
    }

    public string Folder { get; }

    /// <summary>Makes one; null where that is not allowed.</summary>
    public static async Task<SmallDisk?> CreateAsync(int megabytes, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-disk-").FullName;
        if (await RunAsync("mount", cancellationToken, "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) == 0)
            return new(folder);
        Directory.Delete(folder);
        return null;
    }

    /// <summary>Fills it: from now on nothing can be written.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await using FileStream file = new(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] some = new byte[4096];
        try
        {
            while (true)
                await file.WriteAsync(some, cancellationToken);
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
            return;
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Clear() => File.Delete(_filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", CancellationToken.None, "-l", Folder);
        Directory.Delete(Folder);
    }

    private static async Task<int> RunAsync(string program, CancellationToken cancellationToken, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }
}
