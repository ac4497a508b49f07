using System.Globalization;
using System.IO.Compression;
using System.Text;
using Waxseal.Mail;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Inputs;

/// <summary>Reads logs of mail servers and bounces, which hold no report and yet tell of TLS.</summary>
/// <param name="ledger">Takes in what is told.</param>
/// <param name="asOf">Now.</param>
internal sealed class DeliveryInput(DeliveryLedger ledger, DateTimeOffset asOf)
{
    // A log of so many lines as are read, at three hundred bytes each; what is packed smaller must not fill a day.
    private const long MostBytes = 300L * DeliveryLimits.Lines;

    // RFC 3464 §2.1, RFC 6533 §3.
    private static readonly string[] StatusTypes = ["message/delivery-status", "message/global-delivery-status"];

    private long _bytes;

    /// <summary>Why what was read last was not read whole, as the end of a sentence; null when it was.</summary>
    public string? Shortfall { get; private set; }

    /// <summary>Reads the lines of a log.</summary>
    /// <param name="head">What has been read of it already.</param>
    /// <param name="rest">What follows.</param>
    /// <param name="refusal">Why it cannot be read, as the end of a sentence; null when it can.</param>
    /// <returns>Whether any line tells of a delivery.</returns>
    public bool ReadLog(ReadOnlyMemory<byte> head, Stream rest, out string? refusal) => Read(head, rest, null, out refusal);

    private bool Read(ReadOnlyMemory<byte> head, Stream rest, DateTimeOffset? mailDate, out string? refusal)
    {
        refusal = null;
        long before = Told;
        long linesBefore = ledger.Lines;
        MailLogReader reader = new(ledger, asOf) { MailDate = mailDate };
        LineCutter lines = new(reader.Read);
        byte[] buffer = new byte[64 * 1024];
        try
        {
            lines.Add(head.Span);
            int count;
            while (!ledger.IsCut && (count = rest.Read(buffer)) > 0)
            {
                lines.Add(buffer.AsSpan(0, count));
                if ((_bytes += count) > MostBytes)
                    reader.Cut();
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            refusal = InputFile.ReasonOf(exception);
        }

        lines.End();
        reader.Finish();
        Shortfall = ledger.IsCut ? ShortfallAfter(ledger.Lines - linesBefore) : null;
        return Told > before;
    }

    /// <summary>Reads a log that is packed as logrotate packs it.</summary>
    /// <returns>Whether any line tells of a delivery.</returns>
    public bool ReadPacked(ReadOnlyMemory<byte> packed)
    {
        Shortfall = null;
        using GZipStream unpacked = new(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
        return InputFile.ReadHead(unpacked, ContentKinds.HeadBytes, out _) is { } head && ContentKinds.Of(head) == ContentKind.Unknown
            && ReadLog(head, unpacked, out string? refusal) && refusal is null;
    }

    /// <summary>Reads a mail as a bounce.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="isNamed">Whether the user named it; of other mails a delivery status alone is read.</param>
    /// <returns>Whether it tells of a delivery.</returns>
    public bool ReadMail(ReadOnlyMemory<byte> mail, bool isNamed)
    {
        List<MailPart> parts = MailParts.Of(mail, out _);
        MailPart[] statuses = [.. parts.Where(part => StatusTypes.Contains(part.MediaType))];
        MailPart[] read = statuses.Length > 0 ? statuses : isNamed ? [.. parts.Where(part => part.MediaType == "text/plain" && !part.Mail.IsEnclosed)] : [];
        bool isTold = false;
        string? shortfall = null;
        foreach (MailPart part in read)
        {
            isTold |= Read(part.Decode(), Stream.Null, Past(part.Mail.Date), out _);
            shortfall ??= Shortfall;
        }

        Shortfall = shortfall;
        return isTold;
    }

    // What a mail says of its date anybody may have written.
    private DateTimeOffset? Past(DateTimeOffset? date) => date <= asOf + TimeSpan.FromDays(1) ? date : null;

    private static string ShortfallAfter(long lines)
    {
        string limit = string.Create(CultureInfo.InvariantCulture, $"{DeliveryLimits.Lines:N0} lines, or {MostBytes / 1_000_000:N0} MB, of all logs together are read at most");
        return lines == 0
            ? $"was not read: {limit}, and what came before it had as many"
            : string.Create(CultureInfo.InvariantCulture, $"was not read after its line {lines:N0}: {limit}");
    }

    private long Told => ledger.Successes + ledger.NotGrouped + ledger.UnreadLines + ledger.FailedAttempts;

    /// <summary>Cuts bytes into lines, and keeps no more of a line than is looked at.</summary>
    private sealed class LineCutter(Action<string> read)
    {
        // A character takes four bytes at most.
        private readonly byte[] _line = new byte[4 * DeliveryLimits.LineLength];
        private int _length;
        private bool _hasLine;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                int end = bytes.IndexOf((byte)'\n');
                ReadOnlySpan<byte> piece = end < 0 ? bytes : bytes[..end];
                ReadOnlySpan<byte> kept = piece[..Math.Min(piece.Length, _line.Length - _length)];
                kept.CopyTo(_line.AsSpan(_length));
                _length += kept.Length;
                _hasLine = true;
                if (end < 0)
                    return;
                End();
                bytes = bytes[(end + 1)..];
            }
        }

        public void End()
        {
            if (_hasLine)
                read(Encoding.UTF8.GetString(_line, 0, _length).TrimEnd('\r'));
            _length = 0;
            _hasLine = false;
        }
    }
}
