namespace Waxseal.Dashboard.Readings;

/// <summary>Where somebody logs in.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Name">The name they gave.</param>
/// <param name="To">Where they go then.</param>
/// <param name="Problem">Why they were not let in; null at first.</param>
/// <param name="Provider">Who else says who they are; null for nobody.</param>
internal sealed record LoginForm(Frame Frame, string Name, string To, string? Problem, string? Provider) : IFramed;
