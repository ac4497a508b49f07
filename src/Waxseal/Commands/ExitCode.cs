namespace Waxseal.Commands;

/// <summary>What the exit codes of every command mean.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing found.</summary>
    public const int Clean = 0;

    /// <summary>Something was found that is as bad as <c>--fail-on</c> says, or worse.</summary>
    public const int Findings = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The answer could not be had: a file cannot be read, DNS or the network failed.</summary>
    public const int CouldNotTell = 3;

    /// <summary>A bug in this program, or its answer cannot be written.</summary>
    public const int InternalError = 4;

    /// <summary>Stopped by Ctrl-C, as shells write it: 128 and the number of the signal.</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of the output has had enough, as shells write it: 128 and the number of SIGPIPE.</summary>
    public const int ReaderGone = 141;
}
