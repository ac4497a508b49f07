using System.Collections.Frozen;
using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>What the reporters' own reasons add to or take from a cause.</summary>
internal static class StatedReasonWeights
{
    // The reason is another word for the cause; it fits the cause; it says something else than the cause would.
    private const double Names = 3.0;
    private const double Fits = 1.0;
    private const double Contradicts = -2.0;

    // A letter with a star is the whole layer; a cause that is named itself goes before its layer.
    private static readonly ImmutableArray<(StatedReason Reason, double Amount, string Causes)> Table =
    [
        (StatedReason.CertificateExpired, Names, "F02 K06 K11"),
        (StatedReason.CertificateExpired, Contradicts, "C06 E* F01 F03 F04 F06 K05 K07 K08 K09 K16 K24"),
        (StatedReason.CertificateNotYetValid, Fits, "C06"),
        (StatedReason.CertificateNotYetValid, Contradicts, "E* F01 F02 F03 F04 F06 K05 K06 K07 K08 K09 K11 K16"),
        (StatedReason.CertificateName, Names, "F01 K05"),
        (StatedReason.CertificateName, Fits, "F15 K09 K16"),
        (StatedReason.CertificateName, Contradicts, "E* F02 F04 F06 K06 K08 K11 K24"),
        (StatedReason.CertificateSelfSigned, Names, "F03 K07"),
        (StatedReason.CertificateSelfSigned, Fits, "C06 F15 K16"),
        (StatedReason.CertificateSelfSigned, Contradicts, "E* F02 F04 F06 K06 K08 K11 K24"),
        (StatedReason.RootUntrusted, Names, "F03 K07"),
        (StatedReason.RootUntrusted, Fits, "F06 F15"),
        (StatedReason.RootUntrusted, Contradicts, "C06 E* F02 F04 K06 K08 K11 K24"),
        (StatedReason.IssuerMissing, Names, "F04 K08"),
        (StatedReason.IssuerMissing, Contradicts, "C06 E* F01 F02 K05 K06 K11 K24"),
        (StatedReason.IssuerMissing, Contradicts / 2, "F03 K07 K16"),
        (StatedReason.IssuerUnknown, Fits, "F03 F04 F06 F15 K07 K08"),
        (StatedReason.IssuerUnknown, Contradicts, "E* F01 F02 K05 K06 K11 K24"),
        (StatedReason.ChainInvalid, Names, "F16 K24"),
        (StatedReason.ChainInvalid, Contradicts, "C06 E* F01 F02 F03 F04 F06 K05 K06 K07 K08 K11 K15"),
        (StatedReason.NoCommonTls, Names, "E01 E03 K12"),
        (StatedReason.NoCommonTls, Contradicts, "C01 C06 D* F* G* H* K05 K13 K15"),
        (StatedReason.Timeout, Names, "D12 G12 K15"),
        (StatedReason.Timeout, Fits, "D02 D05 D08"),
        (StatedReason.Timeout, Contradicts, "B01 B09 C01 C06 D03 E* F* G* H* K05 K12"),
        (StatedReason.ConnectionRefused, Names, "D03"),
        (StatedReason.ConnectionRefused, Fits, "D01 D07 D08"),
        (StatedReason.ConnectionRefused, Contradicts, "B* C01 C06 E* F* G* H*"),
        (StatedReason.Unreachable, Fits, "B* D*"),
        (StatedReason.Unreachable, Contradicts, "G* H*"),
        (StatedReason.NameNotFound, Names, "B01 C01"),
        (StatedReason.NameNotFound, Fits, "B09 C02 C15"),
        (StatedReason.NameNotFound, Contradicts, "C06 D* E* F* G* H*"),
        (StatedReason.NameLookup, Names, "B02 B04"),
        (StatedReason.NameLookup, Fits, "B03 B11 B12 N06"),
        (StatedReason.NameLookup, Contradicts, "B01 C01 C06 D* E* F* G* H*"),
        (StatedReason.NoPolicyServed, Names, "B01 C15 G01"),
        (StatedReason.NoPolicyServed, Fits, "B09 C01 C02 G13 G19"),
        (StatedReason.NoPolicyServed, Contradicts, "A14 B02 B03 B04 B05 B11 B12 C06 D* E* F* G* H* N06"),
    ];

    private static readonly FrozenDictionary<(StatedReason, string), double> Amounts = Table
        .SelectMany(row => row.Causes.Split(' ').Select(causes => (Key: (row.Reason, causes), row.Amount)))
        .ToFrozenDictionary(entry => entry.Key, entry => entry.Amount);

    private static readonly FrozenDictionary<StatedReason, ImmutableArray<string>> Named = Table
        .Where(row => row.Amount >= Names)
        .ToFrozenDictionary(row => row.Reason, row => row.Causes.Split(' ').ToImmutableArray());

    /// <summary>All causes that some reason names.</summary>
    internal static IEnumerable<string> NamedCauses => Named.Values.SelectMany(causes => causes).Distinct();

    /// <summary>A weight for each reason that speaks for or against a cause.</summary>
    public static IEnumerable<Weight> Of(Incident incident, Cause cause)
    {
        foreach ((StatedReason reason, Reporter reporter) in incident.StatedReasons)
        {
            double amount = Amounts.TryGetValue((reason, cause.Id), out double own) ? own
                : Amounts.GetValueOrDefault((reason, $"{cause.Id[0]}*"));
            if (amount != 0 && IsAtThisEnd(incident, cause.Layer))
                yield return new(amount, $"{reporter.Name} says: {reason.InWords()}");
        }
    }

    /// <summary>The causes that reporters name by their reasons, whatever the pattern suggests.</summary>
    public static IEnumerable<string> NamedBy(Incident incident) =>
        incident.StatedReasons
            .SelectMany(stated => Named.GetValueOrDefault(stated.Reason, []))
            .Distinct()
            .Where(id => IsAtThisEnd(incident, Catalogue.Get(id).Layer));

    // One reason may be said of the policy host and of an MX host.
    private static bool IsAtThisEnd(Incident incident, Layer layer) => incident.Family switch
    {
        FaultFamily.PolicyNotObtained => layer is < Layer.PolicyAndMx or Layer.Reporter,
        FaultFamily.MxCertificateName or FaultFamily.MxCertificateExpired or FaultFamily.MxCertificateUntrusted
            or FaultFamily.MxHandshake => layer == Layer.MxTls,
        _ => false,
    };
}
