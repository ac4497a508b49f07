using System.Runtime.InteropServices;

namespace Waxseal.Terminal;

/// <summary>Asks the terminal for its size. The framework would switch the keypad of the terminal over to do so.</summary>
internal static class TerminalSize
{
    // asm-generic/ioctls.h; struct winsize has four shorts: rows, columns, and two that nobody fills.
    private const nuint GetWindowSize = 0x5413;
    private const int StandardOutput = 1;

    /// <summary>Columns of the terminal that standard output is, or 0 when it is none or does not say.</summary>
    public static int Columns()
    {
        ushort[] size = new ushort[4];
        return Ioctl(StandardOutput, GetWindowSize, size) == 0 ? size[1] : 0;
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Ioctl(int descriptor, nuint request, [In, Out] ushort[] size);
}
