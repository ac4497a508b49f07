using System.Collections.Immutable;
using Waxseal.Alerts.Judgement;
using Waxseal.Protocol.Diagnosis.History;

namespace Waxseal.Tests.Alerts;

public class ExpiringTests
{
    private static readonly DateTimeOffset Now = Sums.Now;

    [Theory]
    [InlineData(90, 15, false, false)]
    [InlineData(90, 14, true, false)]
    [InlineData(90, 3, true, true)]
    [InlineData(90, -1, true, true)]
    [InlineData(6, 2, false, false)]
    [InlineData(6, 1, true, false)]
    public void A_certificate_is_told_of_when_it_should_have_been_renewed(int lifeDays, int leftDays, bool isTold, bool isUrgent)
    {
        Condition? condition = Expiring.Certificates("example.test", [Certificate(lifeDays, leftDays)], Now, new Thresholds()).SingleOrDefault();

        Assert.Equal((isTold, isUrgent), (condition is not null, condition?.IsUrgent == true));
    }

    [Fact]
    public void Of_several_at_one_host_the_first_to_expire_is_told() =>
        Assert.Contains("in 2 days", Assert.Single(Expiring.Certificates("example.test", [Certificate(90, 12), Certificate(90, 2)], Now, new Thresholds())).Title);

    [Theory]
    [InlineData(1, 604800, false)]
    [InlineData(24, 604800, true)]
    [InlineData(24, 31557600, false)]
    [InlineData(24 * 8, 604800, true)]
    public void A_policy_that_is_kept_and_not_served_is_told_of_before_it_expires(int hoursGone, long maxAge, bool isTold) =>
        Assert.Equal(isTold, Policy(hoursGone, $"version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: {maxAge}\n", looked: true) is not null);

    [Fact]
    public void A_policy_that_nobody_looked_for_is_not_missed() =>
        Assert.Null(Policy(24, "version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800\n", looked: false));

    [Fact]
    public void A_policy_that_was_withdrawn_is_not_missed() =>
        Assert.Null(Policy(24, "version: STSv1\nmode: none\nmax_age: 604800\n", looked: true));

    private static Condition? Policy(int hoursGone, string text, bool looked)
    {
        DateTimeOffset seen = Now.AddHours(-hoursGone);
        ImmutableArray<ObservedPeriod> periods = [new(ObservedKind.Policy, "mta-sts.example.test", text, seen.AddDays(-9), seen)];
        return Expiring.Policy("example.test", periods, looked ? Now.AddMinutes(-5) : seen, Now, new Thresholds());
    }

    private static ObservedCertificate Certificate(int lifeDays, int leftDays) => new(
        "mx.example.test", new string('a', 64), new string('b', 64), Now.AddDays(leftDays - lifeDays), Now.AddDays(leftDays), "CN=Test", ["mx.example.test"]);
}
