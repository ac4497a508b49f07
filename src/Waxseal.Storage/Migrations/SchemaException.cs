namespace Waxseal.Storage.Migrations;

/// <summary>The schema of the database does not fit this version of the program.</summary>
/// <param name="message">What does not fit and what to do, as the end of a sentence.</param>
internal sealed class SchemaException(string message) : Exception(message);
