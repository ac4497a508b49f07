namespace Waxseal.Dashboard;

/// <summary>What a page shows within the frame.</summary>
internal interface IFramed
{
    /// <summary>What the frame shows.</summary>
    Frame Frame { get; }
}
