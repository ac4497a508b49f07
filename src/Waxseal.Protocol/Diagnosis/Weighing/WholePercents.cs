using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>Rounds shares once, so that whatever is added up of them adds up as it is shown.</summary>
internal static class WholePercents
{
    /// <summary>Whole percents that make 100 together: what rounding down leaves goes to the largest remainders.</summary>
    /// <param name="shares">Shares that make 1 together.</param>
    public static ImmutableArray<int> Of(ImmutableArray<double> shares)
    {
        int[] percents = [.. shares.Select(share => (int)Math.Floor(share * 100))];
        foreach (int index in Enumerable.Range(0, percents.Length)
            .OrderByDescending(index => (shares[index] * 100) - percents[index])
            .Take(Math.Max(0, 100 - percents.Sum())))
        {
            percents[index]++;
        }

        return [.. percents];
    }
}
