using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Waxseal.Access;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Api.Documents;
using Waxseal.Dashboard.Managing;
using Waxseal.Storage.Access;
using static Waxseal.Dashboard.Api.ApiJsonContext;

namespace Waxseal.Dashboard.Api;

/// <summary>Tokens, accounts and tenants for programs. Whoever belongs to a tenant sees and makes nothing beyond it.</summary>
internal sealed class AccessApi(AccessChanges changes)
{
    private const int TenantBytes = 300_000;

    private static readonly ImmutableArray<ApiParameter> Again = [ApiParameter.Text("again", "The name again, which takes the own account alone: whoever removes it does not get in again.")];

    private static readonly ApiBody TokenBody = ApiBody.Json("a token, such as {\"name\": \"backup\", \"scope\": \"read\", \"expires\": \"90d\"}.", Default.NewTokenJson);
    private static readonly ApiBody AccountBody = ApiBody.Json("an account, such as {\"name\": \"bob\", \"role\": \"viewer\", \"tenant\": \"acme\", \"password\": \"...\"}.", Default.NewAccountJson);
    private static readonly ApiBody ChangeBody = ApiBody.Json("what changes, such as {\"role\": \"operator\"}, {\"password\": \"...\"}, {\"totp\": false} or {\"locked\": false}.", Default.AccountChangeJson);
    private static readonly ApiBody TenantBody = ApiBody.Json("a tenant, such as {\"name\": \"acme\", \"policyDomains\": [\"example.com\"]}.", Default.NewTenantJson, TenantBytes);

    /// <summary>All addresses of it.</summary>
    public ImmutableArray<ApiRoute> All =>
    [
        Get("/tokens", "The tokens with which programs ask, without their secrets.", Default.TokenListJson,
            async asked => new(1, [.. (await changes.Tokens(asked).ListAsync(asked.Cancelled)).Select(TokenJson.Of)])),
        new("POST", "/tokens", ViewerRole.Owner, "Makes a token; its secret is in this answer and in no other.", [], Default.MadeTokenJson, AddTokenAsync) { Body = TokenBody, Status = StatusCodes.Status201Created },
        Get("/tokens/{token}", "One token.", Default.TokenJson, async asked => await changes.Tokens(asked).FindAsync(asked.Names["token"], asked.Cancelled) is { } token ? TokenJson.Of(token) : null),
        Delete("/tokens/{token}", "Removes a token; it holds no more.", [], asked => changes.RemoveTokenAsync(asked, asked.Names["token"])),
        Get("/accounts", "The accounts.", Default.AccountListJson,
            async asked => new(1, [.. (await changes.Accounts(asked).ListAsync(asked.Cancelled)).Select(account => AccountJson.Of(account, asked.Now))])),
        new("POST", "/accounts", ViewerRole.Owner, "Makes an account.", [], Default.AccountJson, AddAccountAsync) { Body = AccountBody, Status = StatusCodes.Status201Created },
        Get("/accounts/{account}", "One account.", Default.AccountJson,
            async asked => await changes.Accounts(asked).FindAsync(asked.Names["account"], asked.Cancelled) is { } account ? AccountJson.Of(account, asked.Now) : null),
        new("POST", "/accounts/{account}", ViewerRole.Owner, "Changes an account that is not that of who asks: its role, its password, its one-time codes, its lock. A new role, a new password and the end of its codes log it out.", [], Default.AccountJson, ChangeAccountAsync) { Body = ChangeBody },
        Delete("/accounts/{account}", "Removes an account, and logs it out; the last owner that sees all stays.", Again, asked => changes.RemoveAccountAsync(asked, asked.Names["account"], asked.Query("again"))),
        Get("/tenants", "The tenants, and for somebody of a tenant their own alone.", Default.TenantListJson,
            async asked => new(1, [.. (await changes.Tenants(asked).ListAsync(asked.Cancelled)).Select(TenantJson.Of)])),
        new("POST", "/tenants", ViewerRole.Owner, "Makes a tenant, or gives one that is there more policy domains.", [], Default.TenantJson, AddTenantAsync) { Body = TenantBody, IsOfWhole = true, Status = StatusCodes.Status201Created },
        Get("/tenants/{tenant}", "One tenant.", Default.TenantJson, async asked => await changes.Tenants(asked).FindAsync(asked.Names["tenant"], asked.Cancelled) is { } tenant ? TenantJson.Of(tenant) : null),
        Delete("/tenants/{tenant}", "Removes a tenant to which no account or token belongs. What is stored of its policy domains stays.", [], asked => changes.RemoveTenantAsync(asked, asked.Names["tenant"])) with { IsOfWhole = true },
        Delete("/tenants/{tenant}/domains/{domain}", "Takes a policy domain from a tenant. What is stored of it stays.", [], asked => changes.RemoveDomainAsync(asked, asked.Names["tenant"], asked.Names["domain"])) with { IsOfWhole = true },
    ];

    /// <summary>The policy domains that are known, with the tenants that see them.</summary>
    public Task<KnownDomains> KnownDomainsAsync(Asked asked, Installation installation) => KnownDomains.ReadAsync(asked, installation, changes.Tenants(asked));

    private async Task<IResult?> AddTokenAsync(Asked asked)
    {
        (NewTokenJson? wanted, Problem? problem) = await TokenBody.ReadAsync(asked.Context.Request, Default.NewTokenJson, asked.Cancelled);
        if (wanted is null)
            return problem;
        (MadeToken? made, Refusal? refusal) = await changes.AddTokenAsync(asked, new(wanted.Name, wanted.Scope, wanted.Tenant, wanted.Expires));
        return made is null ? Problem.Of(refusal!) : Made(MadeTokenJson.Of(made), Default.MadeTokenJson, $"/tokens/{made.Kept.Id}");
    }

    private async Task<IResult?> AddAccountAsync(Asked asked)
    {
        (NewAccountJson? wanted, Problem? problem) = await AccountBody.ReadAsync(asked.Context.Request, Default.NewAccountJson, asked.Cancelled);
        if (wanted is null)
            return problem;
        if (NewAccount.RoleOf(wanted.Role) is not { } role)
            return UnknownRole();
        if (await changes.AddAccountAsync(asked, new(wanted.Name, role, wanted.Tenant), wanted.NoPassword ? wanted.Password : wanted.Password ?? "") is { } refusal)
            return Problem.Of(refusal);
        return await changes.Accounts(asked).FindAsync(wanted.Name, asked.Cancelled) is { } account
            ? Made(AccountJson.Of(account, asked.Now), Default.AccountJson, $"/accounts/{Uri.EscapeDataString(account.Name)}") : null;
    }

    private async Task<IResult?> ChangeAccountAsync(Asked asked)
    {
        (AccountChangeJson? wanted, Problem? problem) = await ChangeBody.ReadAsync(asked.Context.Request, Default.AccountChangeJson, asked.Cancelled);
        if (wanted is null)
            return problem;
        string name = asked.Names["account"];
        if (wanted is { Role: null, Password: null, Totp: not false, Locked: not false } || wanted.Totp == true || wanted.Locked == true)
            return new Problem(StatusCodes.Status400BadRequest, $"The body is not what is expected: {ChangeBody.Meaning}");
        if (wanted.Role is not null && NewAccount.RoleOf(wanted.Role) is null)
            return UnknownRole();
        Refusal? refusal = wanted.Role is { } role ? await changes.SetRoleAsync(asked, name, NewAccount.RoleOf(role)!.Value) : null;
        if (refusal is null && wanted.Password is { } password)
            refusal = await changes.SetPasswordAsync(asked, name, password);
        if (refusal is null && wanted.Totp == false)
            refusal = await changes.ResetTotpAsync(asked, name);
        if (refusal is null && wanted.Locked == false)
            refusal = await changes.UnlockAsync(asked, name);
        if (refusal is not null)
            return Problem.Of(refusal);
        return await changes.Accounts(asked).FindAsync(name, asked.Cancelled) is { } account ? ApiAnswer.Of(AccountJson.Of(account, asked.Now), Default.AccountJson) : null;
    }

    private async Task<IResult?> AddTenantAsync(Asked asked)
    {
        (NewTenantJson? wanted, Problem? problem) = await TenantBody.ReadAsync(asked.Context.Request, Default.NewTenantJson, asked.Cancelled);
        if (wanted is null)
            return problem;
        if (wanted.PolicyDomains.IsDefault || wanted.PolicyDomains.Any(domain => (string?)domain is null))
            return new Problem(StatusCodes.Status400BadRequest, $"The body is not what is expected: {TenantBody.Meaning}");
        (Tenant? added, bool isNew, Refusal? refusal) = await changes.AddTenantAsync(asked, wanted.Name, wanted.PolicyDomains);
        if (added is null)
            return Problem.Of(refusal!);
        TenantJson answer = await changes.Tenants(asked).FindAsync(added.Name, asked.Cancelled) is { } whole ? TenantJson.Of(whole) : TenantJson.Of(added);
        return isNew ? Made(answer, Default.TenantJson, $"/tenants/{Uri.EscapeDataString(added.Name)}") : ApiAnswer.Of(answer, Default.TenantJson);
    }

    private static ApiAnswer Made<T>(T value, JsonTypeInfo<T> type, string path) =>
        ApiAnswer.OfMade(value, type, ApiRoute.Base + path);

    private static Problem UnknownRole() => new(StatusCodes.Status400BadRequest, $"role takes one of {string.Join(", ", NewAccount.Roles)}.") { Parameter = "role" };

    private static ApiRoute Get<T>(string path, string summary, JsonTypeInfo<T> type, Func<Asked, Task<T?>> read)
        where T : class =>
        new("GET", path, ViewerRole.Owner, summary, [], type, async asked => await read(asked) is { } value ? ApiAnswer.Of(value, type) : null);

    private static ApiRoute Delete(string path, string summary, ImmutableArray<ApiParameter> parameters, Func<Asked, Task<Refusal?>> remove) =>
        new("DELETE", path, ViewerRole.Owner, summary, parameters, null, async asked => await remove(asked) is { } refusal ? Problem.Of(refusal) : TypedResults.NoContent())
        {
            MediaTypes = [],
            Status = StatusCodes.Status204NoContent,
        };
}
