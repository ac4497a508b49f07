using Waxseal.Access;
using Waxseal.Commands.Store;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>A command on the accounts of the store.</summary>
internal abstract class AccountSubcommand(string name, string description, Surroundings surroundings) : StoreSubcommand(name, description, surroundings)
{
    /// <summary>Opens the store, and makes it where there is none: the first account may be there before anything is served.</summary>
    protected Task<Storage.Store> OpenOrMakeAsync(ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        DataFolder.MakeFor(configuration.Store);
        return Storage.Store.OpenAsync(configuration.Store.Address, Surroundings.Clock, cancellationToken);
    }

    /// <summary>Says that something is done.</summary>
    protected int Done(string text)
    {
        Surroundings.NewPage().Paragraph(text);
        return ExitCode.Clean;
    }

    /// <summary>Says why something was not changed.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="tenant">The tenant that was named; null without one.</param>
    protected int Refuse(Refusal refusal, string? tenant = null) => Refuse(refusal.Parameter switch
    {
        "tenant" => $"{refusal.Reason.TrimEnd('.')}; waxseal account tenant add {tenant} DOMAIN makes one.",
        "expires" => $"--{refusal.Reason}",
        _ => refusal.Reason,
    });

    /// <summary>Says that something is done, or why it is not.</summary>
    protected int DoneUnless(Refusal? refusal, string text) => refusal is null ? Done(text) : Refuse(refusal);

    /// <summary>Makes and changes accounts.</summary>
    protected AccountDesk Accounts(Storage.Store store) => new(store, Actor.OfMachine, Surroundings.Clock.GetUtcNow());

    /// <summary>Makes and changes tenants.</summary>
    protected TenantDesk Tenants(Storage.Store store) => new(store, Actor.OfMachine, Surroundings.Clock.GetUtcNow());

    /// <summary>Makes and removes tokens.</summary>
    protected TokenDesk Tokens(Storage.Store store) => new(store, Actor.OfMachine, Surroundings.Clock.GetUtcNow());
}
