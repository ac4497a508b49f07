using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Tests.Parsing;

public class ProblemListTests
{
    private readonly ProblemList _problems = new("text", "RFC 5234 §2");

    [Fact]
    public void Problems_come_in_the_order_of_the_text_with_their_places()
    {
        _problems.Warning("text-b", new(4, 1), "b");
        _problems.Error("text-a", new(0, 2), "a", rule: "RFC 5234 §3");
        _problems.Tolerable("text-c", new(5, 0), "c");

        Assert.Equal(
            [
                new Problem("text-a", ProblemSeverity.Error, new Place(0, 1, 1), "a", "RFC 5234 §3") { Text = "xy" },
                new Problem("text-b", ProblemSeverity.Warning, new Place(4, 2, 2), "b", "RFC 5234 §2") { Text = "b" },
                new Problem("text-c", ProblemSeverity.Error, new Place(5, 2, 3), "c", "RFC 5234 §2")
                {
                    IsTolerable = true,
                },
            ],
            _problems.Finish("xy\nab"u8));
    }

    [Fact]
    public void A_correction_is_for_the_problems_of_one_record_that_need_no_author()
    {
        _problems.Error("text-a", default, "a");
        _problems.Warning("text-b", default, "b", needsAuthor: true);
        _problems.Mend("first");
        _problems.Error("text-c", default, "c");
        _problems.Mend(null);
        _problems.Error("text-d", default, "d");
        _problems.Mend("third");

        Assert.Equal(["first", null, "third"], CorrectionsOf("text-a", "text-c", "text-d"));
        Assert.Equal([null], CorrectionsOf("text-b"));
    }

    [Fact]
    public void The_correction_of_a_line_stands_without_one_of_the_record()
    {
        _problems.Error("text-a", default, "a", "line");

        Assert.Equal(["line"], CorrectionsOf("text-a"));
    }

    [Fact]
    public void Only_an_error_that_is_not_tolerable_is_fatal_and_only_an_error_needs_the_author()
    {
        _problems.Warning("text-a", default, "a", needsAuthor: true);
        Assert.False(_problems.HasErrors);

        _problems.Tolerable("text-b", default, "b");
        Assert.Equal((true, false, false), (_problems.HasErrors, _problems.HasFatal, _problems.NeedsAuthor));

        _problems.Error("text-c", default, "c", needsAuthor: true);
        Assert.Equal((true, true), (_problems.HasFatal, _problems.NeedsAuthor));
    }

    [Theory]
    [InlineData(100, 0, 100, null)]
    [InlineData(30, 200, 30, ProblemSeverity.Warning)]
    [InlineData(150, 30, 100, ProblemSeverity.Error)]
    public void Errors_are_listed_rather_than_warnings(int errors, int warnings, int listed, ProblemSeverity? leftOut)
    {
        for (int i = 0; i < warnings; i++)
            _problems.Warning("text-b", default, "b");
        for (int i = 0; i < errors; i++)
            _problems.Tolerable("text-a", default, "a");

        ImmutableArray<Problem> all = _problems.Finish("abc"u8);

        Problem? last = all.SingleOrDefault(problem => problem.Code == "text-problems-left-out");
        Assert.Equal(listed, all.Count(problem => problem.Code == "text-a"));
        Assert.Equal(leftOut, last?.Severity);
        Assert.Equal(leftOut == ProblemSeverity.Error, last is { IsTolerable: true });
        Assert.Equal(Math.Min(errors + warnings, 101), all.Length);
        if (last is not null)
            Assert.StartsWith($"{errors + warnings - 100} more", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fatal_error_among_those_left_out_is_still_fatal()
    {
        for (int i = 0; i < 100; i++)
            _problems.Tolerable("text-a", default, "a");
        _problems.Error("text-b", default, "b");

        Assert.True(_problems.HasFatal);
        Assert.False(_problems.Finish("abc"u8)[^1].IsTolerable);
    }

    [Fact]
    public void Of_a_long_piece_the_start_is_shown()
    {
        byte[] text = Encoding.ASCII.GetBytes(new string('x', 500));
        _problems.Error("text-a", new(1, 400), "a");

        Assert.Equal(new string('x', ProblemList.MaxExcerpt), Assert.Single(_problems.Finish(text)).Text);
    }

    private IEnumerable<string?> CorrectionsOf(params string[] codes) =>
        _problems.Finish([]).Where(problem => codes.Contains(problem.Code)).Select(problem => problem.Correction);
}
