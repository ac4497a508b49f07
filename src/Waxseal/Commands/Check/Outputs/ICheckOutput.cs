using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>A form of the answer; results come one after another, so that any number of them needs no memory.</summary>
internal interface ICheckOutput : IDisposable
{
    /// <summary>Writes one policy domain.</summary>
    void Write(CheckResult result);

    /// <summary>Writes what comes after the last one.</summary>
    void End();
}
