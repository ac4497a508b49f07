using Interop.Tests.Network;
using Interop.Tests.Servers;

namespace Interop.Tests.Domains;

/// <summary>The policy hosts and the MX hosts, with their certificates.</summary>
/// <param name="Web">The web server.</param>
/// <param name="Mail">The mail server.</param>
/// <param name="MxKeyDigest">The key that TLSA records name: that of the usual MX host.</param>
internal sealed record Hosts(NginxServer Web, PostfixServer Mail, string MxKeyDigest)
{
    public static Hosts Of(CertificateAuthority authority, RunFolder folder)
    {
        NginxServer web = new(folder);
        string[] names = [.. PolicyDomain.All.Select(domain => domain.PolicyHost)];
        Dictionary<string, string> certificates = new()
        {
            ["hosts"] = authority.Issue("hosts", names).File,
            ["expired"] = authority.Issue("expired", names, daysLeft: -2).File,
            ["no-issuer"] = authority.Issue("no-issuer", names, withIssuer: false).File,
            ["other"] = authority.Issue("other", ["www.example.test"]).File,
        };
        foreach (PolicyDomain domain in PolicyDomain.All)
            web.Add(domain.PolicyHost, domain.Web, certificates[domain.Certificate], domain.IsServed ? domain.Policy : null, domain.WebRule);
        web.Add("www.example.test", [Addresses.OtherWeb6], certificates["other"], policy: null, rule: "");

        PostfixServer mail = new(folder);
        IssuedCertificate mx = authority.Issue("mx", ["mx.example.test", "mx.rsa.test", "mx.no-tlsa.test", "mx.other-ds.test"]);
        mail.Add("mx.example.test", Addresses.Mx, mx.File);
        mail.Add("mx.example.test", Addresses.Mx6, mx.File);
        mail.Add("mx.no-starttls.test", Addresses.MxWithoutStartTls);
        string otherName = authority.Issue("other-name", ["mail.example.test"]).File;
        mail.Add("mx.other-name.test", Addresses.MxOfOtherName, otherName);
        mail.Add("mx.other-mx6.test", Addresses.MxOfTwoFaces, authority.Issue("other-mx6", ["mx.other-mx6.test"]).File);
        mail.Add("mx.other-mx6.test", Addresses.MxOfTwoFaces6, otherName);
        mail.Add("mx.two-keys.test", Addresses.MxWithTwoKeys,
            authority.Issue("two-keys", ["mx.two-keys.test"]).File,
            authority.Issue("two-keys-rsa", ["mx.two-keys.test"], daysLeft: -2, isRsa: true).File);
        mail.Add("mx.stale-tlsa.test", Addresses.MxWithNewKey, authority.Issue("stale-tlsa", ["mx.stale-tlsa.test"]).File);
        return new(web, mail, mx.KeyDigest);
    }
}
