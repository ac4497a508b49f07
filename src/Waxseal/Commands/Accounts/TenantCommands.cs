using System.CommandLine;
using Waxseal.Dashboard.Access;
using Waxseal.Hosting.Configuration;
using Waxseal.Protocol.Names;
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
        if (AccountName.Of(parsed.GetValue(_name)!) is not { } name)
            return Refuse($"a name has {AccountName.Grammar}.");
        List<string> policyDomains = [];
        foreach (string text in parsed.GetValue(_domains)!)
        {
            if (!DomainName.TryParse(text.TrimEnd('.'), out DomainName? domain, out DomainNameError? error))
                return Refuse($"\"{text}\" {error.Text}.");
            policyDomains.Add(domain.Value);
        }

        await using Storage.Store store = await OpenOrMakeAsync(configuration, cancellationToken);
        bool isNew = await store.Access.AddTenantAsync(new(name, [.. policyDomains]), Surroundings.Clock.GetUtcNow(), cancellationToken);
        return Done($"{(isNew ? $"The tenant {name} sees" : $"The tenant {name} sees as well")}: {string.Join(", ", policyDomains)}, with all below.");
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

/// <summary>Removes a tenant.</summary>
internal sealed class TenantRemoveCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The tenant." };

    public TenantRemoveCommand(Surroundings surroundings)
        : base("remove", "Remove a tenant to which no account or token belongs. What is stored of its policy domains stays.", surroundings) => Add(_name);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_name)!.ToLowerInvariant();
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        return await store.Access.RemoveTenantAsync(name, cancellationToken) switch
        {
            TenantRemoval.Removed => Done($"The tenant {name} is gone."),
            TenantRemoval.NotThere => Refuse($"there is no tenant {name}."),
            _ => Refuse($"accounts or tokens belong to the tenant {name}; remove them first."),
        };
    }
}
