using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Protocol.Diagnosis.Senders;

/// <summary>Whether one sender can get and accept the policy, and if not, at which step it fails.</summary>
/// <param name="Sender">The name of the sender's profile.</param>
/// <param name="Title">The sender's name for people.</param>
/// <param name="FailsAt">The first step that fails; null when none does.</param>
/// <param name="Reason">Why it fails there; empty when it does not.</param>
public sealed record SenderOutlook(string Sender, string Title, FetchStep? FailsAt, string Reason)
{
    /// <summary>Whether it fails at some addresses of the policy host and not at others.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether the outcome rests on something that is only assumed of the sender.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>The outlook of every known sender.</summary>
    internal static ImmutableArray<SenderOutlook> Of(CheckView view) =>
        [.. SenderProfiles.All.Select(profile => new SenderEmulation(profile, view).Run())];
}

/// <summary>The steps from the record to a policy that applies.</summary>
public enum FetchStep
{
    /// <summary>The TXT record is found and read.</summary>
    Record,

    /// <summary>The policy host has an address of a family that the sender uses.</summary>
    Address,

    /// <summary>The policy host takes a connection.</summary>
    Connection,

    /// <summary>A TLS session comes about.</summary>
    Tls,

    /// <summary>The certificate holds.</summary>
    Certificate,

    /// <summary>The web server answers as it should.</summary>
    Http,

    /// <summary>The media type is one the sender takes.</summary>
    MediaType,

    /// <summary>The body is short enough.</summary>
    Size,

    /// <summary>The answer comes in time.</summary>
    Time,

    /// <summary>The policy is one the sender can read.</summary>
    Policy,
}
