using System.CommandLine;
using Waxseal.Access;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Access;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Makes a tenant, or gives one more policy domains.</summary>
internal sealed class TenantAddCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = $"The name: {AccountName.Grammar}." };
    private readonly Argument<string[]> _domains = new("DOMAIN") { Description = "Its policy domains; each stands for itself and all below it.", Arity = ArgumentArity.OneOrMore };

    public TenantAddCommand(Surroundings surroundings)
        : base("add", "Make a tenant with its policy domains, or give one that is there more of them.", surroundings)
    {
        Add(_name);
        Add(_domains);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenOrMakeAsync(configuration, cancellationToken);
        (Tenant? added, bool isNew, Refusal? refusal) = await Tenants(store).AddAsync(parsed.GetValue(_name)!, parsed.GetValue(_domains)!, cancellationToken);
        return added is null ? Refuse(refusal!)
            : Done($"{(isNew ? $"The tenant {added.Name} sees" : $"The tenant {added.Name} sees as well")}: {string.Join(", ", added.PolicyDomains)}, with all below.");
    }
}

/// <summary>Lists the tenants.</summary>
internal sealed class TenantListCommand : AccountSubcommand
{
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };

    public TenantListCommand(Surroundings surroundings)
        : base("list", "List the tenants with their policy domains.", surroundings) => Add(_json);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        var tenants = await store.StoredAccess.TenantsAsync(cancellationToken);
        if (parsed.GetValue(_json))
        {
            AccessJson.Write(Surroundings, "tenants", tenants, (json, tenant) =>
            {
                json.WriteString("name", tenant.Name);
                json.WriteStartArray("policyDomains");
                foreach (string policyDomain in tenant.PolicyDomains)
                    json.WriteStringValue(policyDomain);
                json.WriteEndArray();
            });
            return ExitCode.Clean;
        }

        Page page = Surroundings.NewPage();
        if (tenants.IsEmpty)
            page.Paragraph("There are no tenants. waxseal account tenant add NAME DOMAIN makes one.");
        foreach (Tenant tenant in tenants)
            page.Row(Styled.Strong(tenant.Name), string.Join(", ", tenant.PolicyDomains), tenants.Max(one => one.Name.Length));
        return ExitCode.Clean;
    }
}

/// <summary>Removes a tenant, or takes policy domains from it.</summary>
internal sealed class TenantRemoveCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The tenant." };
    private readonly Argument<string[]> _domains = new("DOMAIN") { Description = "Policy domains that it is not to see any more; without any the tenant itself goes.", Arity = ArgumentArity.ZeroOrMore };

    public TenantRemoveCommand(Surroundings surroundings)
        : base("remove", "Remove a tenant to which no account or token belongs, or take policy domains from it. What is stored of these stays.", surroundings)
    {
        Add(_name);
        Add(_domains);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_name)!.ToLowerInvariant();
        string[] domains = parsed.GetValue(_domains) ?? [];
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        return domains.Length > 0
            ? DoneUnless(await Tenants(store).RemoveDomainsAsync(name, domains, cancellationToken), $"The tenant {name} does not see {string.Join(", ", domains)} any more.")
            : DoneUnless(await Tenants(store).RemoveAsync(name, cancellationToken), $"The tenant {name} is gone.");
    }
}
