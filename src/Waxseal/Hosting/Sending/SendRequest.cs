namespace Waxseal.Hosting.Sending;

/// <summary>What is sent, and to where.</summary>
/// <param name="Method">How.</param>
/// <param name="Uri">To where.</param>
internal sealed record SendRequest(HttpMethod Method, Uri Uri)
{
    /// <summary>What the other side takes; null for nothing.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>What kind of text the body is.</summary>
    public string Type { get; init; } = "application/json";

    /// <summary>Further fields of the header.</summary>
    public IEnumerable<(string Name, string Value)> Header { get; init; } = [];

    /// <summary>Octets of the answer that are read at most.</summary>
    public int MostAnswer { get; init; } = 2048;
}
