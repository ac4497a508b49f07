namespace Waxseal.ReportIntake.Authenticity;

/// <summary>The search for the keys of one mail, which may take no more than so many look-ups and so much time.</summary>
internal sealed class KeySearch(DkimKeys keys, TimeProvider clock)
{
    /// <summary>How long all look-ups for one mail may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MaxLookups = 5;

    private readonly HashSet<string> _places = new(StringComparer.OrdinalIgnoreCase);
    private TimeSpan _left = Patience;

    /// <summary>The key that a signature names.</summary>
    public async Task<KeyFinding> FindAsync(DkimSignature signature, CancellationToken cancellationToken)
    {
        string place = DkimKeys.PlaceOf(signature.Domain, signature.Selector);
        if (!_places.Contains(place) && _places.Count == MaxLookups)
            return new KeyFinding.Absent($"no more than {MaxLookups} keys are looked up for one mail");
        if (_left <= TimeSpan.Zero)
            return new KeyFinding.Unavailable("DNS did not give the key in time");

        // The hashing of large mails between look-ups is not the fault of DNS, so each is timed by itself.
        _places.Add(place);
        long start = clock.GetTimestamp();
        using CancellationTokenSource deadline = new(_left, clock);
        KeyFinding finding = await keys.FindAsync(place, deadline.Token, cancellationToken);
        _left -= clock.GetElapsedTime(start);
        return finding;
    }
}
