using System.Reflection;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Tests;

public class FenceTests
{
    // The library knows and judges; it must have no way to find anything out.
    private static readonly string[] Forbidden =
    [
        "System.Net.Sockets", "System.Net.Http", "System.Net.NameResolution", "System.Net.Security", "System.Net.Quic",
        "System.Data", "Microsoft.Data", "Npgsql", "Microsoft.Extensions", "MimeKit", "MailKit", "System.IO.FileSystem",
    ];

    [Fact]
    public void Protocol_references_no_networking_database_or_logging_assembly()
    {
        IEnumerable<string> references = typeof(DomainName).Assembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name => Array.Exists(Forbidden, name.StartsWith));
    }

    [Fact]
    public void Protocol_references_only_the_framework()
    {
        IEnumerable<AssemblyName> references = typeof(DomainName).Assembly.GetReferencedAssemblies();

        Assert.All(references, name => Assert.StartsWith("System", name.Name));
    }
}
