namespace Waxseal.Lab.Faults;

/// <summary>Something that can be broken in the laboratory, and the cause that a check has to name for it.</summary>
/// <param name="CauseId">The cause in the catalogue.</param>
/// <param name="Name">What is broken, in a few words; unique for its cause.</param>
/// <param name="Apply">Breaks it.</param>
internal sealed record LabFault(string CauseId, string Name, Action<LabWorld> Apply)
{
    public string Key => $"{CauseId} {Name}";
}
