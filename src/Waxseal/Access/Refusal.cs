namespace Waxseal.Access;

/// <summary>Why something was not changed.</summary>
/// <param name="Kind">What kind of reason it is.</param>
/// <param name="Reason">The reason, as a sentence that begins small.</param>
internal sealed record Refusal(RefusalKind Kind, string Reason)
{
    /// <summary>What was given and is at fault; null where it is nothing of that.</summary>
    public string? Parameter { get; init; }

    /// <summary>That a name is none.</summary>
    public static Refusal OfName { get; } = new(RefusalKind.Unfit, $"a name has {AccountName.Grammar}.") { Parameter = "name" };
}

/// <summary>Kinds of reasons why something was not changed.</summary>
internal enum RefusalKind
{
    /// <summary>What was given does not fit.</summary>
    Unfit,

    /// <summary>Whoever asks may not.</summary>
    NotAllowed,

    /// <summary>There is no such thing.</summary>
    NotThere,

    /// <summary>It does not go together with what is there.</summary>
    InTheWay,
}
