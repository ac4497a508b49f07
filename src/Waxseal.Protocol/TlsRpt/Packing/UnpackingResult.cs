using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>What came of looking for reports in a file.</summary>
public abstract record UnpackingResult
{
    private UnpackingResult()
    {
    }

    /// <summary>At least one JSON text was found; whether it is a report, <see cref="ReportReader"/> tells.</summary>
    /// <param name="Reports">The texts, in the order of the archive.</param>
    /// <param name="Defects">
    /// What was unusual about the packing. The offsets count within the layer that has the defect: the file itself, or
    /// what came out of the layer around.
    /// </param>
    public sealed record Unpacked(ImmutableArray<UnpackedReport> Reports, ImmutableArray<ReportDefect> Defects)
        : UnpackingResult;

    /// <summary>There is no report to be had.</summary>
    /// <param name="Fault">Why not.</param>
    /// <param name="Offset">
    /// The byte, within the layer that is at fault, where it was noticed; in compressed data up to 512 bytes late.
    /// </param>
    /// <param name="Message">The reason in a sentence.</param>
    public sealed record Failed(UnpackingFault Fault, long Offset, string Message) : UnpackingResult;
}

/// <summary>One JSON text found in a file.</summary>
/// <param name="EntryName">The name it has in an archive, for display alone, never a path; null without archive.</param>
/// <param name="Json">The text, in UTF-8.</param>
[SuppressMessage("Naming", "CA1720", Justification = "Json is what it is.")]
public sealed record UnpackedReport(string? EntryName, ReadOnlyMemory<byte> Json);

/// <summary>The ways a file fails to give a report.</summary>
public enum UnpackingFault
{
    /// <summary>Nothing in it.</summary>
    Empty,

    /// <summary>Longer than <see cref="ReportLimits.FileBytes"/>.</summary>
    TooLong,

    /// <summary>Neither JSON nor any packing known.</summary>
    NotRecognised,

    /// <summary>Its end is missing.</summary>
    Truncated,

    /// <summary>Its bytes contradict each other or their checksum.</summary>
    Damaged,

    /// <summary>Packed in a way that is not read: encrypted, split, or compressed by other than deflate.</summary>
    NotSupported,

    /// <summary>It would give more than <see cref="ReportLimits.UnpackedBytes"/>.</summary>
    TooLarge,

    /// <summary>More than <see cref="ReportLimits.ArchiveEntries"/> or <see cref="ReportLimits.GzipMembers"/>.</summary>
    TooManyParts,

    /// <summary>More than <see cref="ReportLimits.Layers"/> one inside the other.</summary>
    TooManyLayers,
}
