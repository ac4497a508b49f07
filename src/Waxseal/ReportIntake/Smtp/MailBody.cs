using Waxseal.Mail;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>A mail on its way in. Of one that is refused nothing is kept, while it is read to its end.</summary>
/// <param name="places">Where there is room for it.</param>
internal sealed class MailBody(IntakePlaces places) : IDisposable
{
    private const int First = 4 * 1024;

    private byte[] _octets = [];
    private int _length;
    private bool _endsInReturn;
    private IntakePlaces.Place? _place;

    /// <summary>The mail so far.</summary>
    public ReadOnlyMemory<byte> Octets => _octets.AsMemory(0, _length);

    /// <summary>Why it is refused, or null.</summary>
    public Reply? Refusal { get; private set; }

    /// <summary>How much of it has come, kept or not.</summary>
    public long Received { get; private set; }

    /// <summary>Whether it is so large that it holds a place.</summary>
    public bool HasPlace => _place is not null;

    private int Allowed => Math.Min(_place?.Octets ?? IntakePlaces.Small, MailLimits.Bytes);

    /// <summary>Makes room for what comes next.</summary>
    public async ValueTask MakeRoomAsync(int octets, CancellationToken cancellationToken)
    {
        int needed = (int)Math.Min((long)_length + octets, MailLimits.Bytes);
        if (Refusal is not null || needed <= _octets.Length)
            return;

        if (needed > Allowed)
        {
            IntakePlaces.Place? next = await places.TakeAsync(needed, cancellationToken);
            _place?.Dispose();
            _place = next;
            if (next is null)
            {
                Refuse(Reply.NoPlace);
                return;
            }
        }

        Array.Resize(ref _octets, (int)Math.Min(Math.Max(Math.Max(First, needed), _octets.Length * 2L), Allowed));
    }

    /// <summary>Adds octets, for which there is room.</summary>
    public void Append(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
            return;

        Received += octets.Length;
        if (Refusal is not null)
            return;
        if (HasBareLineEnd(octets))
        {
            Refuse(Reply.BareLineEndInMail);
        }
        else if (_length + octets.Length > MailLimits.Bytes)
        {
            Refuse(Reply.TooLarge);
        }
        else
        {
            octets.CopyTo(_octets.AsSpan(_length));
            _length += octets.Length;
        }
    }

    /// <summary>Ends the mail, and tells why it is refused, or null.</summary>
    public Reply? End()
    {
        if (_endsInReturn && Refusal is null)
            Refuse(Reply.BareLineEndInMail);
        return Refusal;
    }

    /// <summary>Refuses it, and forgets what came of it.</summary>
    public void Refuse(Reply refusal)
    {
        Dispose();
        Refusal = refusal;
    }

    public void Dispose()
    {
        _octets = [];
        _length = 0;
        _place?.Dispose();
        _place = null;
    }

    // RFC 5321 §2.3.8: CR and LF must not occur in a mail but together.
    private bool HasBareLineEnd(ReadOnlySpan<byte> octets)
    {
        if (_endsInReturn && octets[0] != '\n')
            return true;

        bool afterReturn = _endsInReturn;
        _endsInReturn = octets[^1] == '\r';
        while (octets.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and int at)
        {
            if (octets[at] == '\n' ? at > 0 || !afterReturn : at + 1 < octets.Length && octets[at + 1] != '\n')
                return true;
            octets = octets[(octets[at] == '\n' ? at + 1 : Math.Min(at + 2, octets.Length))..];
            afterReturn = false;
        }

        return false;
    }
}
