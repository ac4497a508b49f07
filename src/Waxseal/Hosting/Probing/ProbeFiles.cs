using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Inputs;
using Waxseal.Net.Dns.Validation;

namespace Waxseal.Hosting.Probing;

/// <summary>Reads what probes are given as text or files; a problem is the end of a sentence that begins with who names it.</summary>
internal static class ProbeFiles
{
    /// <summary>The networks of a list of CIDR texts and addresses.</summary>
    public static ImmutableArray<IPNetwork> Networks(IEnumerable<string> texts, Action<string> problem)
    {
        ImmutableArray<IPNetwork>.Builder networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (string text in texts)
        {
            if (Hosting.Networks.Of(text) is { } network)
                networks.Add(network);
            else
                problem($"takes a network such as 10.0.0.0/8, not \"{text}\"");
        }

        return networks.ToImmutable();
    }

    /// <summary>The certificates of a PEM file.</summary>
    public static ImmutableArray<X509Certificate2> Roots(string file, Action<string> problem)
    {
        try
        {
            X509Certificate2Collection roots = [];
            roots.ImportFromPemFile(file);
            if (roots.Count == 0)
                problem($"there is no certificate (PEM) in {file}");
            return [.. roots];
        }
        catch (CryptographicException)
        {
            problem($"{file} holds a certificate (PEM) that cannot be read");
            return [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problem($"{file} {InputFile.ReasonOf(fault)}");
            return [];
        }
    }

    /// <summary>The trust anchors of a file of DS or DNSKEY records; those of the root where it cannot be read.</summary>
    public static ImmutableArray<TrustAnchor> Anchors(string file, Action<string> problem)
    {
        try
        {
            if (TrustAnchorReader.TryRead(File.ReadAllText(file), out ImmutableArray<TrustAnchor> anchors, out TrustAnchorError? error))
                return anchors;
            problem($"{file}{(error is { Line: > 0 } place ? $", line {place.Line}" : "")}: {error?.Message.TrimEnd('.')}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problem($"{file} {InputFile.ReasonOf(fault)}");
        }

        return TrustAnchor.Root;
    }
}
