using Waxseal.Protocol.Diagnosis.Causes;

namespace Waxseal.Protocol.Diagnosis.Senders;

/// <summary>How one sender fetches policies and what it accepts. What is not known is assumed to be as the standard says.</summary>
/// <param name="Name">The name for the command line, such as <c>postfix-tlspol</c>.</param>
/// <param name="Title">The name for people.</param>
public sealed record SenderProfile(string Name, string Title)
{
    /// <summary>The <c>User-Agent</c> of the fetch; null for none.</summary>
    public Trait<string?> UserAgent { get; init; } = new(null, Grade.Practice);

    /// <summary>The families of addresses it fetches over.</summary>
    public Trait<AddressFamilies> Families { get; init; } = new(AddressFamilies.Both, Grade.Practice);

    /// <summary>Whether it speaks TLS 1.3; if not, TLS 1.2 alone.</summary>
    public Trait<bool> SpeaksTls13 { get; init; } = new(true, Grade.Practice);

    /// <summary>The version of HTTP, <c>1.1</c> or <c>2</c>.</summary>
    public Trait<string> HttpVersion { get; init; } = new("1.1", Grade.Practice);

    /// <summary>How long it waits for a policy.</summary>
    public Trait<TimeSpan> TimeLimit { get; init; } = new(TimeSpan.FromMinutes(1), Grade.Practice);

    /// <summary>Whether the media type has to be text/plain.</summary>
    public Trait<bool> NeedsPlainText { get; init; } = new(true, Grade.Practice);

    /// <summary>Whether the status has to be 200.</summary>
    public Trait<bool> NeedsStatus200 { get; init; } = new(true, Grade.Standard);

    /// <summary>Most octets of a policy it reads; null for no limit.</summary>
    public Trait<int?> MaxBody { get; init; } = new(65_536, Grade.Practice);

    /// <summary>Whether it follows redirects.</summary>
    public Trait<bool> FollowsRedirects { get; init; } = new(false, Grade.Standard);

    /// <summary>Where its reading of records and policies differs from the standard.</summary>
    public Trait<Leniency> Reading { get; init; } = new(Leniency.None, Grade.Practice);
}

/// <summary>Families of addresses.</summary>
public enum AddressFamilies
{
    /// <summary>IPv4 and IPv6.</summary>
    Both,

    /// <summary>IPv4 alone.</summary>
    Ipv4,

    /// <summary>IPv6 first, and perhaps alone.</summary>
    Ipv6First,
}

/// <summary>Ways in which a sender's reading differs from the standard, to either side.</summary>
[Flags]
public enum Leniency
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The TXT record has to begin with <c>v=STSv1;</c> to the letter.</summary>
    NeedsExactRecordStart = 1,

    /// <summary>Any other TXT record at the name voids the right one.</summary>
    RefusesForeignRecords = 2,

    /// <summary>The id of the record is not looked at.</summary>
    IgnoresId = 4,

    /// <summary>Empty lines void the policy.</summary>
    RefusesBlankLines = 8,

    /// <summary>Repeated fields void the policy.</summary>
    RefusesRepeatedFields = 16,

    /// <summary>A max_age above the greatest voids the policy.</summary>
    RefusesLargeMaxAge = 32,

    /// <summary>A max_age above the greatest is cut down.</summary>
    CapsLargeMaxAge = 64,

    /// <summary>Mode none without mx lines voids the policy.</summary>
    RefusesNoneWithoutMx = 128,

    /// <summary>A max_age of 0 voids the policy.</summary>
    RefusesZeroMaxAge = 256,

    /// <summary>Only the version is looked at.</summary>
    TakesAnyBody = 512,

    /// <summary>Version, mode and max_age may be missing.</summary>
    TakesMissingFields = 1024,
}
