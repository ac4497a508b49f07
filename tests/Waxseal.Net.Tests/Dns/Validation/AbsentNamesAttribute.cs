using System.Reflection;
using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Xunit.Sdk;
using Xunit.v3;

namespace Waxseal.Net.Tests.Dns.Validation;

/// <summary>Every kind of name and type that <see cref="ChainLab.Example"/> does not have, with NSEC and with NSEC3.</summary>
public sealed class AbsentNamesAttribute : DataAttribute
{
    private static readonly (string Name, DnsType Type)[] Absent =
    [
        ("mail.example.test", DnsType.Tlsa),
        ("example.test", DnsType.Tlsa),
        ("_tcp.mail.example.test", DnsType.A),
        ("nothing.example.test", DnsType.A),
        ("no.such.name.example.test", DnsType.Mx),
        ("zzzz.example.test", DnsType.A),
        ("any.wild.example.test", DnsType.Mx),
        ("*.wild.example.test", DnsType.Mx),
        ("below.there.wild.example.test", DnsType.Txt),
        ("mail.example.test", DnsType.Ds),
    ];

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. from denial in (LabDenial[])[LabDenial.Nsec, LabDenial.Nsec3]
                from absent in Absent
                select new TheoryDataRow<LabDenial, string, DnsType>(denial, absent.Name, absent.Type)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
