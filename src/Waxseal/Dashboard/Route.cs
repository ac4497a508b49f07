using Microsoft.AspNetCore.Http;
using Waxseal.Dashboard.Access;

namespace Waxseal.Dashboard;

/// <summary>One address of the site.</summary>
/// <param name="Method">GET, POST or DELETE.</param>
/// <param name="Path">Its path; a part in braces stands for one part of any text.</param>
/// <param name="Least">Who may ask: whoever has this role or a higher one.</param>
/// <param name="Answer">Answers it; null says that there is no such thing.</param>
internal sealed record Route(string Method, string Path, ViewerRole Least, Func<Asked, Task<IResult?>> Answer)
{
    /// <summary>Whether it tells of the whole server, so that nobody who belongs to a tenant may ask.</summary>
    public bool IsOfWhole { get; init; }

    private readonly string[] _parts = Path.Split('/');

    /// <summary>Whether a path is of this route, and what its parts in braces are.</summary>
    public Dictionary<string, string>? NamesIn(string path)
    {
        string[] parts = path.Split('/');
        if (parts.Length != _parts.Length)
            return null;
        Dictionary<string, string> names = [];
        for (int i = 0; i < parts.Length; i++)
        {
            if (_parts[i].StartsWith('{'))
                names[_parts[i][1..^1]] = NameIn(_parts[i][1..^1], parts[i].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
            else if (parts[i] != _parts[i])
                return null;
        }

        return names;
    }

    // RFC 4343 §3: capitals make no other name.
    private static string NameIn(string part, string text) => part == "domain" ? text.ToLowerInvariant() : text;
}
