using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Waxseal.Inputs;

/// <summary>What kind of file a path leads to, asked without opening it: to open a named pipe may take for ever.</summary>
internal static class FileType
{
    // linux/stat.h; the layout of struct statx is the same on every architecture.
    private const int CurrentDirectory = -100;
    private const uint MaskType = 0x1;
    private const int StructBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeBits = 0xF000;

    /// <summary>Why a path cannot be read as a file, as the end of a sentence; null when it can, or is not there.</summary>
    public static string? RefusalOf(string path)
    {
        byte[] result = new byte[StructBytes];
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        if (Statx(CurrentDirectory, name, 0, MaskType, result) != 0)
            return null;

        return (BinaryPrimitives.ReadUInt16LittleEndian(result.AsSpan(ModeOffset)) & TypeBits) switch
        {
            0x1000 => "is a named pipe; to read from a pipe, give - as the file",
            0x2000 or 0x6000 => "is a device, not a file",
            0xC000 => "is a socket, not a file",
            _ => null,
        };
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Statx(int directory, byte[] path, int flags, uint mask, byte[] result);
}
