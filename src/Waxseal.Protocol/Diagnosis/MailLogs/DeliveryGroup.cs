using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>Deliveries that failed alike: told by one host, of one policy domain and MX host, for one reason.</summary>
public sealed class DeliveryGroup
{
    private readonly SortedSet<DateOnly> _days = [];
    private readonly List<string> _clients = [];
    private readonly List<string> _addresses = [];

    internal DeliveryGroup(DeliveryFailure first) => First = first;

    /// <summary>The first of them, by the order of the log.</summary>
    public DeliveryFailure First { get; }

    /// <summary>How many attempts failed so; a mail that is tried again counts again.</summary>
    public long Attempts { get; private set; }

    /// <summary>After how many of them the mail was held back.</summary>
    public long HeldBack { get; private set; }

    /// <summary>After how many of them the mail was given up.</summary>
    public long Returned { get; private set; }

    /// <summary>After how many of them the mail was delivered all the same.</summary>
    public long Delivered { get; private set; }

    /// <summary>The time of the last; null where no line tells one.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>The days on which they failed, in order; the first four hundred.</summary>
    public ImmutableArray<DateOnly> Days => [.. _days];

    /// <summary>Hosts at the other end of sessions of a receiving MX host, the first five.</summary>
    public ImmutableArray<string> Clients => [.. _clients];

    /// <summary>Addresses of the MX host, the first five.</summary>
    public ImmutableArray<string> Addresses => [.. _addresses];

    internal void Add(DeliveryFailure failure)
    {
        Attempts++;
        HeldBack += failure.Fate == DeliveryFate.HeldBack ? 1 : 0;
        Returned += failure.Fate == DeliveryFate.Returned ? 1 : 0;
        Delivered += failure.Fate == DeliveryFate.Delivered ? 1 : 0;
        if (failure.When is { } when)
        {
            Last = Last > when ? Last : when;
            if (_days.Count < DeliveryLimits.Days)
                _days.Add(Reports.UtcDay.Of(when));
        }

        Name(_clients, failure.Client ?? failure.ClientAddress);
        Name(_addresses, failure.MxAddress);
    }

    private static void Name(List<string> names, string? name)
    {
        if (name is not null && names.Count < DeliveryLimits.Named && !names.Contains(name))
            names.Add(name);
    }
}

/// <summary>What tells groups apart.</summary>
internal sealed record DeliveryKey(
    DeliverySource Source, string Observer, MailSoftware Software, string PolicyDomain, string? MxHost, DeliveryFault Fault, StatedReason? Stated, string? Provider)
{
    public static DeliveryKey Of(DeliveryFailure failure) => new(
        failure.Source, failure.Observer, failure.Software, failure.PolicyDomain, failure.MxHost, failure.Fault, failure.Stated,
        failure.Source == DeliverySource.ReceiverLog ? MailProviders.Of(failure.Client) : null);
}
