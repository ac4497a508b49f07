namespace Waxseal.Lab.Signing;

/// <summary>How a laboratory zone proves that something does not exist.</summary>
public enum LabDenial
{
    Nsec,
    Nsec3,
    Nsec3OptOut,
}
