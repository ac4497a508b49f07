namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>What a fault does to mail.</summary>
internal enum Consequence
{
    /// <summary>Nothing now; it is unwise, or good to know.</summary>
    Nothing,

    /// <summary>Nothing now; a small fault of something else would show at once.</summary>
    Fragile,

    /// <summary>No reports come, or not all of them.</summary>
    NoReports,

    /// <summary>Some senders cannot get the policy, and deliver without its protection.</summary>
    SomeUnprotected,

    /// <summary>No sender can get the policy, and all deliver without its protection.</summary>
    AllUnprotected,

    /// <summary>Senders of one make may fail to set TLS up, and hold mail back.</summary>
    SomeHeldBack,

    /// <summary>Sessions break the policy; in mode enforce the mail is held back.</summary>
    AgainstPolicy,

    /// <summary>Senders that apply DANE do not use it here.</summary>
    WithoutDane,

    /// <summary>Senders that apply DANE hold the mail back.</summary>
    HeldBackByDane,

    /// <summary>Senders whose resolvers validate find nothing, and hold the mail back.</summary>
    HeldBackByDnssec,

    /// <summary>No sender can deliver.</summary>
    NoMail,
}
