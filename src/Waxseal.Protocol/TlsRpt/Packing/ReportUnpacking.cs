
namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>
/// Finds the JSON text in a file or MIME part that is said to hold a report. RFC 8460 §5.3 and §6.3 know plain and gzip;
/// senders and the programs between also deliver zip, base64, gzip twice and wrong labels, so only the bytes are asked.
/// </summary>
public static class ReportUnpacking
{
    /// <summary>Unpacks one file.</summary>
    /// <param name="file">The bytes as they arrived; at most <see cref="ReportLimits.FileBytes"/>.</param>
    /// <returns>The texts, or the reason why there are none. Never throws, and never holds more than the limits.</returns>
    public static UnpackingResult Unpack(ReadOnlyMemory<byte> file) => file.Length switch
    {
        0 => new UnpackingResult.Failed(UnpackingFault.Empty, 0, "The file is empty."),
        > ReportLimits.FileBytes => new UnpackingResult.Failed(
            UnpackingFault.TooLong,
            ReportLimits.FileBytes,
            $"The file is longer than {ReportLimits.FileBytes} bytes."),
        _ => new Unpacker().Run(file),
    };
}
