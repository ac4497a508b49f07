using System.Collections;
using System.Collections.Immutable;
using Waxseal.Demo;
using Waxseal.Hosting.Configuration;

using Waxseal.Inputs;

namespace Waxseal.Commands.Serve;

/// <summary>Where the configuration is read from: a file, or the default without one.</summary>
/// <param name="path">The file; null for the one of the system, if it is there.</param>
/// <param name="isDemo">Whether it is that of the demonstration, which reads no file but one that is named.</param>
internal sealed class ConfigurationSource(string? path, bool isDemo = false)
{
    /// <summary>The file that is read unless another is named.</summary>
    public const string UsualPath = "/etc/waxseal/waxseal.toml";

    /// <summary>The file that is read, or null when there is none.</summary>
    public string? File => path ?? (!isDemo && System.IO.File.Exists(UsualPath) ? UsualPath : null);

    /// <summary>Reads it, as it stands now.</summary>
    /// <param name="problems">Everything that is wrong; the configuration is of use only when nothing is.</param>
    public ServeConfiguration Read(out ImmutableArray<string> problems)
    {
        string text = isDemo ? DemoConfiguration.Default : ServeConfiguration.Default;
        try
        {
            if (File is { } file)
            {
                if (Directory.Exists(file))
                {
                    problems = [$"{file} is a folder; name the configuration file in it, such as {Path.Combine(file, "waxseal.toml")}."];
                    return new();
                }

                if (new FileInfo(file).Length > ConfigFile.MaxBytes)
                {
                    problems = [$"{file} is larger than {ConfigFile.MaxBytes} bytes."];
                    return new();
                }

                text = System.IO.File.ReadAllText(file);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problems = [$"{File} {InputFile.ReasonOf(fault).TrimEnd('.')}."];
            return new();
        }

        ServeConfiguration configuration = ServeConfiguration.Read(text, File, Variables(), out problems);
        return isDemo && problems.IsEmpty ? DemoConfiguration.Of(configuration, isFile: File is not null) : configuration;
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
