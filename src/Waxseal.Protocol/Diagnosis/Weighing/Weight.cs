namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>
/// One reason for or against a cause. Amounts are natural logarithms of odds against the class "not determinable", so they
/// add up, and each cause can show its sum.
/// </summary>
/// <param name="Amount">More than 0 speaks for the cause, less than 0 against it.</param>
/// <param name="Reason">Why, as a clause.</param>
public sealed record Weight(double Amount, string Reason);
