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

    /// <summary>Why nobody can belong to a tenant; null when they can, and when none is named.</summary>
    protected static async Task<string?> ProblemOfTenantAsync(Storage.Store store, string? tenant, CancellationToken cancellationToken) =>
        tenant is null || await store.StoredAccess.TenantAsync(tenant, cancellationToken) is not null ? null
            : $"there is no tenant {tenant}; waxseal account tenant add {tenant} DOMAIN makes one.";
}
