using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Inputs;

/// <summary>What came of one thing looked at on the way to the reports.</summary>
/// <param name="Origin">Where it is.</param>
internal abstract record IntakeResult(ReportOrigin Origin)
{
    private IntakeResult(ReportOrigin origin, bool _)
        : this(origin)
    {
    }

    /// <summary>The JSON text of a report, unpacked; whether it is a good report is for the report reader to say.</summary>
    /// <param name="Origin">Where it is.</param>
    /// <param name="Json">The text, in UTF-8.</param>
    /// <param name="PackingDefects">What was unusual about the packing.</param>
    public sealed record Found(
        ReportOrigin Origin, ReadOnlyMemory<byte> Json, ImmutableArray<ReportDefect> PackingDefects)
        : IntakeResult(Origin, true);

    /// <summary>There should be a report and there is none to be had.</summary>
    /// <param name="Origin">Where it is.</param>
    /// <param name="Reason">What is wrong, as the end of a sentence that begins with the origin.</param>
    /// <param name="Offset">The byte at which it went wrong, from 0, where that is known.</param>
    public sealed record Failed(ReportOrigin Origin, string Reason, long? Offset = null) : IntakeResult(Origin, true)
    {
        /// <summary>Whether its bytes could all be read, so that they are at fault and not the way to them.</summary>
        public bool WasRead { get; init; }

        /// <summary>Whether it is a folder or mailbox in which nothing is a report, so that nothing of it can be read.</summary>
        public bool HoldsNothing { get; init; }

        /// <summary>Whether it holds more than any report.</summary>
        public bool IsTooLarge { get; init; }

        /// <summary>The reason with the byte, for people.</summary>
        public string ReasonAndPlace => Offset is null ? Reason : $"{Reason} (at byte {Offset})";
    }

    /// <summary>A log of a mail server or a bounce, which was read as such.</summary>
    /// <param name="Origin">Where it is.</param>
    public sealed record Deliveries(ReportOrigin Origin) : IntakeResult(Origin, true);

    /// <summary>Something in a folder or mailbox that is plainly no report, or was not looked at.</summary>
    /// <param name="Origin">Where it is.</param>
    /// <param name="Reason">Why it was skipped, as the end of a sentence that begins with the origin.</param>
    public sealed record Skipped(ReportOrigin Origin, string Reason) : IntakeResult(Origin, true)
    {
        /// <summary>Whether it was looked at; hidden files and links to folders are not.</summary>
        public bool WasRead { get; init; } = true;
    }
}
