using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Waxseal.Terminal;

namespace Waxseal.Commands;

/// <summary>Shows the version and the commit it was built from.</summary>
internal sealed class VersionAction(Surroundings surroundings) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        string version = typeof(VersionAction).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        string[] parts = version.Split('+', 2);
        surroundings.Out.WriteLine(parts is [var number, { Length: > 12 } commit]
            ? $"waxseal {number} ({commit[..12]})"
            : $"waxseal {version}");
        return ExitCode.Clean;
    }
}
