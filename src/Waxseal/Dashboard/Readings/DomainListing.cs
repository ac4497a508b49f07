using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Names;

namespace Waxseal.Dashboard.Readings;

/// <summary>A page of the policy domains.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Find">What their names have in them; null for all.</param>
/// <param name="State">How they stand, in a word; null for all.</param>
/// <param name="Count">How many fit.</param>
/// <param name="Page">The number of the page, from 1.</param>
/// <param name="Table">The policy domains.</param>
internal sealed record DomainListing(Frame Frame, string? Find, string? State, int Count, int Page, DomainTable Table) : IFramed
{
    private const int Rows = 50;

    /// <summary>How policy domains may stand, in words.</summary>
    public static readonly ImmutableArray<string> States = [.. new[] { Tone.Broken, Tone.NeedsLook, Tone.Mended, Tone.Fine, Tone.Unknown }.Select(tone => tone.Word)];

    /// <summary>The number of the last page.</summary>
    public int Pages => Math.Max(1, (Count + Rows - 1) / Rows);

    /// <summary>The place of the first of the page among all, from 1.</summary>
    public int First => ((Page - 1) * Rows) + 1;

    public static async Task<DomainListing> ReadAsync(Asked asked)
    {
        string? find = asked.Query("find") is { } text ? FormOf(text.Trim()) : null, state = asked.Query("state") is { } word && States.Contains(word) ? word : null;
        DomainLines domains = await DomainLines.ReadAsync(asked);
        ImmutableArray<DomainLine> fit = [.. domains.All.Where(line => (find is null || line.PolicyDomain.Contains(find, StringComparison.Ordinal)) && (state is null || line.Tone.Word == state))];
        int pages = Math.Max(1, (fit.Length + Rows - 1) / Rows);
        int page = int.TryParse(asked.Query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Math.Clamp(number, 1, pages) : 1;
        return new(asked.Frame("Policy domains", "overview"), find, state, fit.Length, page, await domains.TableOfAsync(asked, fit.Skip((page - 1) * Rows).Take(Rows)));
    }

    // As names are stored: of a name in other letters the form of DNS (RFC 5891 §4); of a piece of a name the piece.
    private static string FormOf(string text) => DomainName.TryParse(text.TrimEnd('.'), out DomainName? name, out _) ? name.Value : text.ToLowerInvariant();

    /// <summary>The address of another page of the same.</summary>
    public string AddressOf(int page)
    {
        IEnumerable<string> queries = new[] { ("find", Find), ("state", State), ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null) }
            .Where(query => query.Item2 is not null).Select(query => $"{query.Item1}={Uri.EscapeDataString(query.Item2!)}");
        return $"/domains?{string.Join('&', queries)}".TrimEnd('?');
    }
}
