using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Waxseal.Hosting.Control;

/// <summary>What became of reading the configuration again.</summary>
/// <param name="Changed">The sections whose roles were started, changed or stopped.</param>
/// <param name="Problems">Everything that is wrong; then nothing was changed.</param>
internal sealed record ReloadAnswer(ImmutableArray<string> Changed, ImmutableArray<string> Problems);

/// <summary>How a process of <c>waxseal serve</c> fares.</summary>
internal sealed record StatusAnswer
{
    /// <summary>The version of this form; what is added later does not change it.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The version of the program.</summary>
    public required string Program { get; init; }

    /// <summary>The number of the process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Since when it runs.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The configuration file, or null for the defaults.</summary>
    public required string? Configuration { get; init; }

    /// <summary>When the configuration that holds was read.</summary>
    public required DateTimeOffset ConfigurationReadAt { get; init; }

    /// <summary>What was wrong when the configuration was read last; then that of before holds.</summary>
    public ImmutableArray<string> ConfigurationProblems { get; init; } = [];

    /// <summary>The store.</summary>
    public required StoreStatus Store { get; init; }

    /// <summary>The roles.</summary>
    public required ImmutableArray<RoleStatus> Roles { get; init; }

    /// <summary>The reports that this process took in last, the last one first.</summary>
    public required ImmutableArray<RecentReport> LastReports { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsWell => Store.Trouble is null && ConfigurationProblems.IsEmpty && Roles.All(role => role.State == RoleStatus.Running);
}

/// <summary>How the store fares.</summary>
/// <param name="Place">The database, and where it is.</param>
/// <param name="Trouble">Why reports cannot be stored now, or null.</param>
internal sealed record StoreStatus(string Place, string? Trouble);

/// <summary>How a role fares.</summary>
/// <param name="Name">Its section.</param>
/// <param name="State">A word: running, in-trouble, broken (by a fault of waxseal) or not-started.</param>
/// <param name="Since">Since when it runs; null when it does not.</param>
/// <param name="Listening">Where it listens.</param>
/// <param name="Trouble">What is wrong now, or null.</param>
/// <param name="LastTrouble">What was wrong last, or null.</param>
internal sealed record RoleStatus(string Name, string State, DateTimeOffset? Since, ImmutableArray<string> Listening, TroubleStatus? Trouble, TroubleStatus? LastTrouble)
{
    public const string Running = "running";

    public static RoleStatus Of(IRole role)
    {
        Trouble? trouble = role.State.Trouble;
        string state = trouble is null ? Running : trouble.IsFault ? "broken" : "in-trouble";
        return new(role.Name, state, role.State.Since, [.. role.Addresses], TroubleStatus.Of(trouble), TroubleStatus.Of(role.State.LastTrouble));
    }
}

/// <summary>What is or was wrong with a role.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Reason">What, in words.</param>
internal sealed record TroubleStatus(DateTimeOffset Since, string Reason)
{
    public static TroubleStatus? Of(Trouble? trouble) => trouble is null ? null : new(trouble.Since, trouble.Reason);
}

/// <summary>Writes and reads the answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReloadAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
internal sealed partial class ControlJson : JsonSerializerContext;
