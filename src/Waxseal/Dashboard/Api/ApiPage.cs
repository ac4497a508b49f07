using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Waxseal.Dashboard.Api;

/// <summary>Some entries of a list in the order of their names, which stays the same whatever comes or goes between two pages.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">The name after which it goes on; null at the end.</param>
/// <param name="Address">The address of what goes on after it; null at the end.</param>
internal sealed record ApiPage<T>(ImmutableArray<T> Entries, string? Next, string? Address);

/// <summary>Cuts lists into pages.</summary>
internal static class ApiPage
{
    private const int UsualEntries = 100;

    /// <summary>How many entries are asked for.</summary>
    public static int LimitOf(Asked asked) => ApiParameter.NumberIn(asked.Query("limit")) ?? UsualEntries;

    /// <summary>The page that is asked for.</summary>
    /// <param name="asked">What is asked for: limit and after.</param>
    /// <param name="all">All entries.</param>
    /// <param name="nameOf">The name of an entry, which no other has.</param>
    public static ApiPage<T> Of<T>(Asked asked, IEnumerable<T> all, Func<T, string> nameOf)
    {
        int limit = LimitOf(asked);
        string? after = asked.Query("after");
        T[] some = [.. all.Where(one => after is null || string.CompareOrdinal(nameOf(one), after) > 0).OrderBy(nameOf, StringComparer.Ordinal).Take(limit + 1)];
        string? next = some.Length > limit ? nameOf(some[limit - 1]) : null;
        return new([.. some.Take(limit)], next, next is null ? null : AddressAfter(asked, next));
    }

    /// <summary>The same address again, but for the place.</summary>
    public static string AddressAfter(Asked asked, string place)
    {
        HttpRequest request = asked.Context.Request;
        QueryString query = QueryString.Create(request.Query.Where(one => one.Key != "after").Append(new("after", place)));
        return request.Path.ToUriComponent() + query.ToUriComponent();
    }
}
