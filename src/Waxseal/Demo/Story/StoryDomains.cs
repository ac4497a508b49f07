using System.Collections.Immutable;

namespace Waxseal.Demo.Story;

/// <summary>The policy domains of the story.</summary>
internal static class StoryDomains
{
    /// <summary>All of them, as they are when the story is told on a day.</summary>
    public static ImmutableArray<StoryDomain> Of(DateOnly today) =>
        [new Eden(today), new Bakery(today), new Harbour(today), new Forge(today), new Library(today), new Quiet(today)];
}
