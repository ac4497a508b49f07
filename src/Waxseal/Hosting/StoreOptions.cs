using Waxseal.Hosting.Configuration;
using Waxseal.Storage;
using Waxseal.Storage.Retention;

namespace Waxseal.Hosting;

/// <summary>The <c>store</c> section of the configuration file.</summary>
internal sealed class StoreOptions : IOptions
{
    /// <summary>Where the database is unless said otherwise.</summary>
    public static string DefaultDatabase { get; } = $"sqlite:{Path.Combine(DataFolder.Path, "waxseal.db")}";

    /// <summary>Where the database is; the data directory's <c>waxseal.db</c> unless said otherwise.</summary>
    public string Database { get; set; } = DefaultDatabase;

    /// <summary>The password of PostgreSQL, where it does not stand in the address.</summary>
    public Secret? Password { get; set; }

    /// <summary>How long the bytes of reports that count are kept, to be read again by a later version.</summary>
    public TimeSpan KeepBodies { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long what does not count is kept: unreadable, foreign, replaced, in quarantine.</summary>
    public TimeSpan KeepRefused { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long numbers of sessions are kept.</summary>
    public TimeSpan KeepNumbers { get; set; } = TimeSpan.FromDays(1100);

    /// <summary>How long findings and facts of looks are kept.</summary>
    public TimeSpan KeepFacts { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long it is kept how each look came out, and what it says about causes.</summary>
    public TimeSpan KeepLooks { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long it is kept what was there earlier: records, policies, certificates.</summary>
    public TimeSpan KeepChanges { get; set; } = TimeSpan.FromDays(1100);

    public static Section<StoreOptions> Section { get; } = new("store", "The database in which all roles meet.",
    [
        Settings.Text("database", "Where it is: a file of SQLite, or PostgreSQL for several machines.", o => o.Database, (StoreOptions o, string v) => o.Database = v,
            text => StoreAddress.TryParse(text, out _, out string? problem) ? null : problem, "sqlite:PATH or postgresql://USER@HOST:PORT/DATABASE"),
        Settings.Secret("password", "The password of PostgreSQL.", o => o.Password, (StoreOptions o, Secret? v) => o.Password = v),
        Settings.Time("keepBodies", "How long the bytes of reports that count are kept, to be read again by a later version. Nothing goes by itself: waxseal store prune deletes what is older, each night where deploy/waxseal-prune.timer is installed.", (TimeSpan.FromDays(1), TimeSpan.FromDays(36_500)), o => o.KeepBodies, (StoreOptions o, TimeSpan v) => o.KeepBodies = v),
        Settings.Time("keepRefused", "How long what does not count is kept: unreadable, foreign, replaced, in quarantine.", (TimeSpan.FromDays(1), TimeSpan.FromDays(36_500)), o => o.KeepRefused, (StoreOptions o, TimeSpan v) => o.KeepRefused = v),
        Settings.Time("keepNumbers", "How long numbers of sessions are kept, and alerts that are over.", (TimeSpan.FromDays(1), TimeSpan.FromDays(36_500)), o => o.KeepNumbers, (StoreOptions o, TimeSpan v) => o.KeepNumbers = v),
        Settings.Time("keepFacts", "How long findings and facts of looks are kept; those of the last look stay.", (TimeSpan.FromDays(1), TimeSpan.FromDays(36_500)), o => o.KeepFacts, (StoreOptions o, TimeSpan v) => o.KeepFacts = v),
        Settings.Time("keepLooks", "How long it is kept how each look came out, and what it says about causes.", (TimeSpan.FromDays(1), TimeSpan.FromDays(36_500)), o => o.KeepLooks, (StoreOptions o, TimeSpan v) => o.KeepLooks = v),
        Settings.Time("keepChanges", "How long it is kept what was there earlier: records, policies, certificates, findings that are gone.", (TimeSpan.FromDays(1), TimeSpan.FromDays(36_500)), o => o.KeepChanges, (StoreOptions o, TimeSpan v) => o.KeepChanges = v),
    ]);

    /// <summary>The address with the password.</summary>
    public StoreAddress Address => StoreAddress.TryParse(Database, out StoreAddress? address, out string? problem)
        ? Password is null ? address : address.WithPassword(Password.Reveal())
        : throw new InvalidOperationException(problem);

    /// <summary>Since when what is stored stays, as of a time.</summary>
    public Cutoffs Cutoffs(DateTimeOffset now) => new(now - KeepBodies, now - KeepRefused, now - KeepNumbers, now - KeepFacts, now - KeepLooks, now - KeepChanges);

    /// <summary>How long a kind is kept, by the key of its setting.</summary>
    public TimeSpan KeptFor(string key) => key switch
    {
        "keepBodies" => KeepBodies,
        "keepRefused" => KeepRefused,
        "keepNumbers" => KeepNumbers,
        "keepFacts" => KeepFacts,
        "keepLooks" => KeepLooks,
        "keepChanges" => KeepChanges,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public IEnumerable<string> Problems()
    {
        if (Password is not null && Database.StartsWith("sqlite:", StringComparison.Ordinal))
            yield return "password is of no use for SQLite; the rights of the file protect it.";
    }
}
