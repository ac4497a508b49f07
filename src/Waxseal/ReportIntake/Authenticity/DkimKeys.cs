using System.Buffers;
using System.Collections.Concurrent;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Names;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>Looks keys up, and keeps what it found for a while: one sender signs all its reports with one key.</summary>
/// <param name="resolver">Looks them up, aliases followed.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class DkimKeys(IDnsResolver resolver, TimeProvider clock)
{
    // Names come from strangers; who fills the memory with them only empties it.
    private const int MaxKnown = 1000;

    // The largest that DNS can carry; more than one key record is undefined anyway.
    private const int MaxBytes = 64 * 1024;

    private static readonly TimeSpan KeepFound = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan KeepAbsent = TimeSpan.FromSeconds(30);

    // As long as one flood of mails; then DNS may work again.
    private static readonly TimeSpan KeepUnavailable = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (KeyFinding Finding, DateTimeOffset Until)> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the key of a signature is.</summary>
    // RFC 6376 §3.6.2.1: at the selector below "_domainkey".
    public static string PlaceOf(DomainName domain, string selector) => domain.Below($"{selector}._domainkey");

    /// <summary>The key at a place.</summary>
    /// <param name="place">The name in DNS.</param>
    /// <param name="deadline">Ends the patience.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task<KeyFinding> FindAsync(string place, CancellationToken deadline, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(place, out (KeyFinding Finding, DateTimeOffset Until) known) && clock.GetUtcNow() < known.Until)
            return known.Finding;

        KeyFinding finding = await LookUpAsync(place, deadline, cancellationToken);
        if (_known.Count >= MaxKnown)
            _known.Clear();
        _known[place] = (finding, clock.GetUtcNow() + finding switch
        {
            KeyFinding.Found => KeepFound,
            KeyFinding.Unavailable => KeepUnavailable,
            _ => KeepAbsent,
        });
        return finding;
    }

    private async Task<KeyFinding> LookUpAsync(string place, CancellationToken deadline, CancellationToken cancellationToken)
    {
        if (!DnsName.TryParse(place, out DnsName? name))
            return new KeyFinding.Unusable("the name of the key is too long");

        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        try
        {
            return await resolver.LookUpAsync(new(name, DnsType.Txt), either.Token) switch
            {
                DnsLookup.Found found => KeyIn(found),
                DnsLookup.Failed failed => new KeyFinding.Unavailable($"DNS did not give the key: {failed.Reason}"),
                _ => new KeyFinding.Absent("the key is not published, or not any more"),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new KeyFinding.Unavailable("DNS did not give the key in time");
        }
    }

    // RFC 6376 §6.1.2: of several key records the verifier may choose one.
    private static KeyFinding KeyIn(DnsLookup.Found found)
    {
        if (found.Records.Sum(record => record.Data.Length) > MaxBytes)
            return new KeyFinding.Unusable("the key record is larger than any key");
        foreach (DnsRecord record in found.Records)
        {
            if (DkimKey.Of(TextOf(record.Data.Span)) is { } finding)
                return finding;
        }

        return new KeyFinding.Absent("where the key should be is something else");
    }

    // RFC 6376 §3.6.2.2: the strings of a TXT record are joined with nothing between them.
    private static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> data)
    {
        ArrayBufferWriter<byte> text = new(data.Length + 1);
        for (int i = 0; i < data.Length; i += data[i] + 1)
            text.Write(data.Slice(i + 1, Math.Min(data[i], data.Length - i - 1)));
        return text.WrittenSpan;
    }
}
