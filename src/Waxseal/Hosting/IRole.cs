namespace Waxseal.Hosting;

/// <summary>A part of <c>waxseal serve</c> that runs until it is stopped. Roles never call each other; they meet in the database.</summary>
internal interface IRole
{
    /// <summary>Its section of the configuration.</summary>
    string Name { get; }

    /// <summary>What tells its options from others; a role whose options did not change is not restarted.</summary>
    string Options { get; }

    /// <summary>How it fares.</summary>
    RoleState State { get; }

    /// <summary>Where it listens, once it does; nowhere, if it looks for what comes.</summary>
    IReadOnlyCollection<string> Addresses => [];

    /// <summary>Starts it; when it returns, listeners listen.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops it in good order: what has begun is ended, nothing new begins.</summary>
    /// <param name="cancellationToken">Ends the patience.</param>
    Task StopAsync(CancellationToken cancellationToken);
}
