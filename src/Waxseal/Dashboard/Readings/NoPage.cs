namespace Waxseal.Dashboard.Readings;

/// <summary>Why there is no page.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Title">What it is.</param>
/// <param name="Text">Why, and what to do.</param>
internal sealed record NoPage(Frame Frame, string Title, string Text) : IFramed;
