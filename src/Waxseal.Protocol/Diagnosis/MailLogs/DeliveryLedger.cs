using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>Takes in what logs and bounces tell of deliveries, and keeps what the diagnosis needs of it.</summary>
public sealed class DeliveryLedger
{
    private const string NotUnderstood = "it tells of TLS, in words that are not known";

    private readonly Dictionary<DeliveryKey, DeliveryGroup> _groups = [];
    // Under the empty name stand the successes by way of all MX hosts.
    private readonly Dictionary<(string Observer, string PolicyDomain, string MxHost), (long Count, DateTimeOffset? Last)> _successes = [];
    private readonly List<UnreadLine> _unread = [];

    /// <summary>Lines that were read.</summary>
    public long Lines { get; internal set; }

    /// <summary>Lines that tell nothing of TLS.</summary>
    public long OtherLines { get; internal set; }

    /// <summary>Whether there are more lines than are read.</summary>
    public bool IsCut { get; internal set; }

    /// <summary>Lines that tell of TLS and are not understood.</summary>
    public long UnreadLines { get; private set; }

    /// <summary>The first hundred of them.</summary>
    public ImmutableArray<UnreadLine> Unread => [.. _unread];

    /// <summary>Attempts that failed and are told.</summary>
    public long FailedAttempts { get; private set; }

    /// <summary>Failed deliveries that are counted and not told, for there are more groups than are kept.</summary>
    public long NotGrouped { get; private set; }

    /// <summary>Deliveries that went well.</summary>
    public long Successes { get; private set; }

    /// <summary>Failed deliveries, those alike together, in the order in which they were first told.</summary>
    public ImmutableArray<DeliveryGroup> Groups => [.. _groups.Values];

    /// <summary>Takes in a failed delivery.</summary>
    public void Add(DeliveryFailure failure)
    {
        DeliveryFailure known = failure with { Text = failure.Text.Length > DeliveryLimits.Text ? $"{failure.Text[..DeliveryLimits.Text]} [...]" : failure.Text };
        DeliveryKey key = DeliveryKey.Of(known);
        if (!_groups.TryGetValue(key, out DeliveryGroup? group))
        {
            if (_groups.Count == DeliveryLimits.Groups)
            {
                NotGrouped++;
                return;
            }

            _groups.Add(key, group = new DeliveryGroup(known));
        }

        FailedAttempts++;
        group.Add(known);
    }

    /// <summary>How many deliveries of a host to a policy domain by way of an MX host went well, and when the last did.</summary>
    /// <param name="observer">The host that tells it.</param>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="mxHost">The MX host; null for any.</param>
    public (long Count, DateTimeOffset? Last) SuccessesOf(string observer, string policyDomain, string? mxHost) =>
        _successes.GetValueOrDefault((observer, policyDomain, mxHost ?? ""));

    internal void AddSuccess(string observer, string policyDomain, string? mxHost, DateTimeOffset? when)
    {
        Successes++;
        Count((observer, policyDomain, ""), when);
        if (mxHost is not null)
            Count((observer, policyDomain, mxHost), when);
    }

    internal void AddUnread(string line, long? number = null)
    {
        UnreadLines++;
        if (_unread.Count < DeliveryLimits.UnreadKept)
            _unread.Add(new UnreadLine(number ?? Lines, Parsing.QuotedText.OneLineOfLog(line), NotUnderstood));
    }

    private void Count((string, string, string) key, DateTimeOffset? when)
    {
        if (!_successes.TryGetValue(key, out (long Count, DateTimeOffset? Last) known) && _successes.Count >= 2 * DeliveryLimits.Groups)
            return;
        _successes[key] = (known.Count + 1, known.Last > when ? known.Last : when ?? known.Last);
    }
}

/// <summary>A line that tells of TLS and is not understood.</summary>
/// <param name="Number">Its number among all lines that were read, from 1.</param>
/// <param name="Text">Its beginning.</param>
/// <param name="Reason">Why it is not understood, as a sentence without its end.</param>
public sealed record UnreadLine(long Number, string Text, string Reason);
