using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Tests.Names;

/// <summary>Domain names for tests.</summary>
internal static class TestName
{
    public static DomainName Of(string text) =>
        DomainName.TryParse(text, out DomainName? name, out _) ? name : throw new ArgumentException(text);
}
