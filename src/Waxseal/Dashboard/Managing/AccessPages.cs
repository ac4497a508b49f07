using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Waxseal.Access;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Api;
using Waxseal.Dashboard.Pages.Managing;

namespace Waxseal.Dashboard.Managing;

/// <summary>The pages on which owners change who may see and do what.</summary>
internal sealed class AccessPages(AccessChanges changes)
{
    /// <summary>All addresses of these pages.</summary>
    public ImmutableArray<Route> All =>
    [
        new("GET", Links.Access, ViewerRole.Owner, async asked => Asked.Page<AccessPage, AccessBook>(await AccessBook.ReadAsync(asked, changes))),
        new("POST", $"{Links.Access}/tokens", ViewerRole.Owner, AddTokenAsync),
        new("GET", $"{Links.Access}/tokens/{{token}}", ViewerRole.Owner, TokenAsync),
        new("POST", $"{Links.Access}/tokens/{{token}}/remove", ViewerRole.Owner, RemoveTokenAsync),
        new("POST", $"{Links.Access}/accounts", ViewerRole.Owner, AddAccountAsync),
        new("GET", $"{Links.Access}/accounts/{{account}}", ViewerRole.Owner, asked => AccountAsync(asked, null)),
        new("POST", $"{Links.Access}/accounts/{{account}}/role", ViewerRole.Owner, SetRoleAsync),
        new("POST", $"{Links.Access}/accounts/{{account}}/password", ViewerRole.Owner, SetPasswordAsync),
        new("POST", $"{Links.Access}/accounts/{{account}}/totp", ViewerRole.Owner, asked => ChangedAsync(asked, "totp", changes.ResetTotpAsync(asked, asked.Names["account"]))),
        new("POST", $"{Links.Access}/accounts/{{account}}/unlock", ViewerRole.Owner, asked => ChangedAsync(asked, "unlock", changes.UnlockAsync(asked, asked.Names["account"]))),
        new("POST", $"{Links.Access}/accounts/{{account}}/remove", ViewerRole.Owner, RemoveAccountAsync),
        new("POST", $"{Links.Access}/tenants", ViewerRole.Owner, AddTenantAsync) { IsOfWhole = true },
        new("GET", $"{Links.Access}/tenants/{{tenant}}", ViewerRole.Owner, asked => TenantAsync(asked, null)),
        new("POST", $"{Links.Access}/tenants/{{tenant}}/domains", ViewerRole.Owner, AddDomainsAsync) { IsOfWhole = true },
        new("POST", $"{Links.Access}/tenants/{{tenant}}/domains/remove", ViewerRole.Owner, RemoveDomainAsync) { IsOfWhole = true },
        new("POST", $"{Links.Access}/tenants/{{tenant}}/remove", ViewerRole.Owner, RemoveTenantAsync) { IsOfWhole = true },
    ];

    private async Task<IResult?> AddTokenAsync(Asked asked)
    {
        NewToken wanted = new((await asked.FieldAsync("name")).Trim(), await asked.FieldAsync("scope"), Given(await asked.FieldAsync("tenant")), Given(await asked.FieldAsync("expires")));
        (MadeToken? made, Refusal? refusal) = await changes.AddTokenAsync(asked, wanted);
        return refusal is not null ? await RefusedAsync(asked, "token", refusal)
            : Asked.Page<AccessPage, AccessBook>((await AccessBook.ReadAsync(asked, changes)) with { Made = made });
    }

    private async Task<IResult?> TokenAsync(Asked asked) =>
        await changes.Tokens(asked).FindAsync(asked.Names["token"], asked.Cancelled) is { } token
            ? Asked.Page<TokenPage, OneToken>(new(asked.Frame("Token – Settings", "settings"), new(Links.Access, asked.Viewer), token)) : null;

    private async Task<IResult?> RemoveTokenAsync(Asked asked) =>
        await changes.RemoveTokenAsync(asked, asked.Names["token"]) is null ? Done(Links.Access, "token-removed") : null;

    private async Task<IResult?> AddAccountAsync(Asked asked)
    {
        string name = (await asked.FieldAsync("name")).Trim(), password = await asked.FieldAsync("password");
        Refusal? refusal = NewAccount.RoleOf(await asked.FieldAsync("role")) is not { } role ? new(RefusalKind.Unfit, $"role takes one of {string.Join(", ", NewAccount.Roles)}.")
            : password != await asked.FieldAsync("again") ? new(RefusalKind.Unfit, "the password is not the same both times.")
            : await changes.AddAccountAsync(asked, new(name, role, Given(await asked.FieldAsync("tenant"))), password.Length == 0 && await asked.FieldAsync("none") == "yes" ? null : password);
        return refusal is null ? Done(Links.Access, "account-made") : await RefusedAsync(asked, "account", refusal);
    }

    private async Task<IResult?> AccountAsync(Asked asked, Refusal? refusal)
    {
        if (await changes.Accounts(asked).FindAsync(asked.Names["account"], asked.Cancelled) is not { } account)
            return null;
        OneAccount shown = new(
            asked.Frame($"{account.Name} – Settings", "settings"), new(Links.Access, asked.Viewer), account, account.Name == asked.Viewer.Actor.Account,
            refusal is null ? null : Show.Capital(refusal.Reason), DoneWords.Of(asked.Query("done")));
        return WithStatus(Asked.Page<AccountSettingsPage, OneAccount>(shown)!, refusal);
    }

    private async Task<IResult?> SetRoleAsync(Asked asked) => await ChangedAsync(asked, "role", NewAccount.RoleOf(await asked.FieldAsync("role")) is { } role
        ? changes.SetRoleAsync(asked, asked.Names["account"], role)
        : Task.FromResult<Refusal?>(new(RefusalKind.Unfit, $"role takes one of {string.Join(", ", NewAccount.Roles)}.")));

    private async Task<IResult?> SetPasswordAsync(Asked asked)
    {
        string password = await asked.FieldAsync("password");
        return await ChangedAsync(asked, "password", password == await asked.FieldAsync("again")
            ? changes.SetPasswordAsync(asked, asked.Names["account"], password)
            : Task.FromResult<Refusal?>(new(RefusalKind.Unfit, "the password is not the same both times.")));
    }

    private async Task<IResult?> RemoveAccountAsync(Asked asked) =>
        await changes.RemoveAccountAsync(asked, asked.Names["account"], Given((await asked.FieldAsync("again")).Trim())) is { } refusal
            ? await AccountAsync(asked, refusal) : Done(Links.Access, "account-removed");

    private async Task<IResult?> ChangedAsync(Asked asked, string what, Task<Refusal?> change) =>
        await change is { } refusal ? await AccountAsync(asked, refusal) : Done(Links.OneAccount(asked.Names["account"]), what);

    private async Task<IResult?> AddTenantAsync(Asked asked)
    {
        (_, _, Refusal? refusal) = await changes.AddTenantAsync(asked, (await asked.FieldAsync("name")).Trim(), DomainsIn(await asked.FieldAsync("domains")));
        return refusal is null ? Done(Links.Access, "tenant-made") : await RefusedAsync(asked, "tenant", refusal);
    }

    private async Task<IResult?> TenantAsync(Asked asked, Refusal? refusal)
    {
        if (await changes.Tenants(asked).FindAsync(asked.Names["tenant"], asked.Cancelled) is not { } tenant)
            return null;
        int members = (await changes.Accounts(asked).ListAsync(asked.Cancelled)).Count(account => account.Tenant == tenant.Name)
            + (await changes.Tokens(asked).ListAsync(asked.Cancelled)).Count(token => token.Tenant == tenant.Name);
        OneTenant shown = new(
            asked.Frame($"{tenant.Name} – Settings", "settings"), new(Links.Access, asked.Viewer), tenant, asked.Viewer.Tenant is null, members,
            refusal is null ? null : Show.Capital(refusal.Reason), DoneWords.Of(asked.Query("done")));
        return WithStatus(Asked.Page<TenantPage, OneTenant>(shown)!, refusal);
    }

    private async Task<IResult?> AddDomainsAsync(Asked asked)
    {
        if (await changes.Tenants(asked).FindAsync(asked.Names["tenant"], asked.Cancelled) is not { } tenant)
            return null;
        (_, _, Refusal? refusal) = await changes.AddTenantAsync(asked, tenant.Name, DomainsIn(await asked.FieldAsync("domains")));
        return refusal is null ? Done(Links.Tenant(tenant.Name), "domains") : await TenantAsync(asked, refusal);
    }

    private async Task<IResult?> RemoveDomainAsync(Asked asked) =>
        await changes.RemoveDomainAsync(asked, asked.Names["tenant"], await asked.FieldAsync("domain")) is { } refusal
            ? await TenantAsync(asked, refusal) : Done(Links.Tenant(asked.Names["tenant"]), "domains");

    private async Task<IResult?> RemoveTenantAsync(Asked asked) =>
        await changes.RemoveTenantAsync(asked, asked.Names["tenant"]) is { } refusal ? await TenantAsync(asked, refusal) : Done(Links.Access, "tenant-removed");

    private async Task<IResult?> RefusedAsync(Asked asked, string form, Refusal refusal)
    {
        AccessBook book = (await AccessBook.ReadAsync(asked, changes)) with { Refused = form, Problem = Show.Capital(refusal.Reason) };
        foreach (string field in (string[])["name", "scope", "role", "tenant", "expires", "domains", "none"])
            book = book with { Typed = book.Typed.Add(field, Show.Brief(await asked.FieldAsync(field), 4000)) };
        return WithStatus(Asked.Page<AccessPage, AccessBook>(book)!, refusal);
    }

    private static IResult WithStatus(IResult page, Refusal? refusal)
    {
        if (refusal is not null)
            ((RazorSlices.RazorSlice)page).StatusCode = Problem.StatusOf(refusal);
        return page;
    }

    private static RedirectHttpResult Done(string page, string what) => TypedResults.Redirect($"{page}?done={what}");

    private static string? Given(string text) => text.Length > 0 ? text : null;

    private static string[] DomainsIn(string text) => text.Split([' ', ',', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
