using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Waxseal.Dashboard;

/// <summary>Script, style and pictures, which lie in the program. Their address changes with their content, so browsers keep them.</summary>
internal sealed class Assets
{
    private static readonly FrozenDictionary<string, Assets> All = new[]
    {
        Read("waxseal.css", "text/css; charset=utf-8"), Read("waxseal.js", "text/javascript; charset=utf-8"), Read("waxseal.svg", "image/svg+xml"),
    }.ToFrozenDictionary(asset => asset._path, StringComparer.Ordinal);

    private readonly string _name;
    private readonly string _path;
    private readonly string _type;
    private readonly byte[] _octets;

    private Assets(string name, string type, byte[] octets)
    {
        (_name, _type, _octets) = (name, type, octets);
        _path = $"/assets/{Convert.ToHexStringLower(SHA256.HashData(octets).AsSpan(..6))}/{name}";
    }

    /// <summary>Where a file is to be had.</summary>
    public static string PathOf(string name) => All.Values.First(asset => asset._name == name)._path;

    /// <summary>The file at a path; null when there is none.</summary>
    public static Assets? Find(string path) => All.GetValueOrDefault(path);

    public IResult Answer(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(_octets, _type);
    }

    private static Assets Read(string name, string type) => new(name, type, Octets(name));

    /// <summary>The bytes of a file in the program.</summary>
    public static byte[] Octets(string name)
    {
        using Stream stream = typeof(Assets).Assembly.GetManifestResourceStream(name)!;
        byte[] octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets;
    }
}
