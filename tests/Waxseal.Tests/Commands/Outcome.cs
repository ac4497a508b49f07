namespace Waxseal.Tests.Commands;

/// <summary>How one command line ended.</summary>
internal sealed record Outcome(int ExitCode, string Out, string Error);
