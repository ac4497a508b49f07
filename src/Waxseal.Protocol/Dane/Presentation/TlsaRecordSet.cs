using System.Collections.Immutable;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>The TLSA records of one text, in its order; of one owner name or of several.</summary>
/// <param name="Entries">The records, at least one.</param>
public sealed record TlsaRecordSet(ImmutableArray<TlsaEntry> Entries);

/// <summary>One TLSA record in a text, with what stands before it.</summary>
/// <param name="Owner">The owner name as written, or null when only the data of the record is given.</param>
/// <param name="Record">The record.</param>
/// <param name="Place">Where the entry begins.</param>
public sealed record TlsaEntry(string? Owner, TlsaRecord Record, Place Place);
