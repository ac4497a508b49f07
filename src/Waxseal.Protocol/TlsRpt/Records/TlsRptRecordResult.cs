using System.Collections.Immutable;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>What the TXT records at <c>_smtp._tls</c> of a policy domain say about its wish for reports.</summary>
public abstract record TlsRptRecordResult
{
    // A policy domain has a handful of TXT records at that name; more are not looked at for slips.
    private const int MaxLookAlikes = 10;

    private TlsRptRecordResult() { }

    /// <summary>Records that do not count but seem to be meant as TLS-RPT records, as read; ten at most.</summary>
    public ImmutableArray<Parsed<TlsRptRecord>> LookAlikes { get; private init; } = [];

    /// <summary>There is no TLS-RPT record: the policy domain wants no reports.</summary>
    public sealed record Missing : TlsRptRecordResult;

    /// <summary>There is more than one, so that none counts.</summary>
    /// <param name="Count">How many.</param>
    public sealed record Several(int Count) : TlsRptRecordResult;

    /// <summary>There is one, and it cannot be used.</summary>
    /// <param name="Reading">What is wrong with it.</param>
    public sealed record Invalid(Parsed<TlsRptRecord> Reading) : TlsRptRecordResult;

    /// <summary>There is one.</summary>
    /// <param name="Record">The record.</param>
    /// <param name="Problems">What a checker says about it: warnings and tolerable errors.</param>
    public sealed record Found(TlsRptRecord Record, ImmutableArray<Problem> Problems) : TlsRptRecordResult;

    /// <summary>Picks the record that counts.</summary>
    /// <param name="texts">The TXT records, each with its character-strings joined with nothing between them.</param>
    public static TlsRptRecordResult Of(IReadOnlyList<ReadOnlyMemory<byte>> texts)
    {
        // RFC 8460 §3: records that do not begin with "v=TLSRPTv1;" are discarded, before any is read. They are
        // discarded from among several; alone, a record needs to keep no more than the grammar.
        ILookup<bool, ReadOnlyMemory<byte>> parted =
            texts.ToLookup(text => texts.Count == 1 ? HasVersion(text.Span) : HasPrefix(text.Span));
        IEnumerable<ReadOnlyMemory<byte>> lookAlikes =
            parted[false].Where(text => TlsRptRecordReader.IsLookAlike(text.Span)).Take(MaxLookAlikes);

        return Judge([.. parted[true]]) with
        {
            LookAlikes = [.. lookAlikes.Select(text => TlsRptRecordReader.Read(text.Span))],
        };
    }

    // RFC 8460 §3: if the number of resulting records is not one, the domain does not implement TLSRPT.
    private static TlsRptRecordResult Judge(ReadOnlyMemory<byte>[] counted)
    {
        if (counted.Length != 1)
            return counted.Length == 0 ? new Missing() : new Several(counted.Length);

        Parsed<TlsRptRecord> reading = TlsRptRecordReader.Read(counted[0].Span);

        // Deviation: RFC 8460 §3 does not say what a syntax error means; such a record counts as none.
        return reading.Value is null ? new Invalid(reading) : new Found(reading.Value, reading.Problems);
    }

    private static bool HasPrefix(ReadOnlySpan<byte> text) => text.StartsWith("v=TLSRPTv1;"u8);

    // RFC 8460 §3: tlsrpt-version field-delim = %s"v=TLSRPTv1" *WSP ";" *WSP
    private static bool HasVersion(ReadOnlySpan<byte> text) =>
        text.StartsWith("v=TLSRPTv1"u8) && text["v=TLSRPTv1".Length..].TrimStart(" \t"u8).StartsWith(";"u8);
}
