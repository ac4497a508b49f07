using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Waxseal.Hosting.Metrics;

/// <summary>Tells how a host fares.</summary>
internal sealed class Health(ServeHost host)
{
    /// <summary>Whether the loops of all roles turn; in words for people.</summary>
    public (bool IsWell, string Text) Alive()
    {
        ImmutableArray<IRole> broken = [.. host.Roles.Where(role => role.State.Trouble is { IsFault: true })];
        return (broken.IsEmpty, Text(broken.IsEmpty ? "alive" : "a role broke down, by a fault of waxseal", null));
    }

    /// <summary>Whether reports are taken and can be stored; in words for people.</summary>
    public async Task<(bool IsWell, string Text)> ReadyAsync(CancellationToken cancellationToken)
    {
        string? trouble = await host.Store.FindTroubleAsync(cancellationToken);
        bool isWell = trouble is null && host.Missing.IsEmpty && host.Roles.All(role => role.State.Trouble is not { IsFault: true });
        return (isWell, Text(isWell ? "ready" : "not ready", trouble));
    }

    private string Text(string verdict, string? storeTrouble)
    {
        StringBuilder text = new();
        text.Append(verdict).Append('\n');
        if (storeTrouble is not null)
            text.Append(CultureInfo.InvariantCulture, $"store: {storeTrouble}\n");
        foreach (IRole role in host.Roles)
            text.Append(CultureInfo.InvariantCulture, $"{role.Name}: {WordOf(role)}\n");
        foreach ((string name, string reason) in host.Missing)
            text.Append(CultureInfo.InvariantCulture, $"{name}: not started: {reason}\n");
        return text.ToString();
    }

    private static string WordOf(IRole role) => role.State.Trouble is { } trouble
        ? string.Create(CultureInfo.InvariantCulture, $"{(trouble.IsFault ? "broken" : "in trouble")} since {trouble.Since:yyyy-MM-dd HH:mm:ss'Z'}: {trouble.Reason.ReplaceLineEndings(" ")}")
        : "running";
}
