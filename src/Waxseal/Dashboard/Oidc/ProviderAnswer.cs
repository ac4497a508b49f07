namespace Waxseal.Dashboard.Oidc;

/// <summary>What came of asking a provider who somebody is.</summary>
internal abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    /// <summary>It names somebody.</summary>
    /// <param name="Name">The name as an account would have it.</param>
    public sealed record Named(string Name) : ProviderAnswer;

    /// <summary>Nobody is let in by what it says.</summary>
    /// <param name="Reason">Why, as the rest of a sentence that begins with the provider.</param>
    public sealed record Denied(string Reason) : ProviderAnswer;

    /// <summary>It cannot be asked, or does not answer as it should.</summary>
    /// <param name="Reason">Why, for the log: it tells of networks.</param>
    public sealed record Unusable(string Reason) : ProviderAnswer;

    /// <summary>Too many ask at once.</summary>
    public sealed record TooBusy : ProviderAnswer;
}
