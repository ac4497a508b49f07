using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Deliveries;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Protocol.Tests.Diagnosis.Causes;

public class CatalogueTests
{
    private const string Letters = "ABCDEFGHIJKLMN";

    // Answers.Actions advises these beside the causes of a row.
    private static readonly string[] Precautions = ["A15", "B14"];

    // Reports do not show these; looking at the policy domain does.
    private static readonly string[] SeenByChecksAlone =
    [
        "A06", "A07", "A08", "A11", "A13", "A16", "A17", "A18", "A19", "B06", "B07", "B08", "B10", "B13", "B16", "C04",
        "C11", "C13", "C17", "D04", "D11", "E02", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12", "E13", "F05",
        "F08", "F09", "F11", "F13", "F16", "F17", "G10", "G11", "G17", "G18", "H06", "H07", "H08", "H10", "H11", "H14",
        "H15", "H16", "I04", "J07", "J08", "J10", "K17", "K19", "K20", "K23", "K24", "K25", "K26", "K27", "L03", "L08",
        "L09", "L11", "L18", "L19", "L20", "L24", "L29", "M01", "M02", "M03", "M04", "M05",
    ];

    public static TheoryData<string> Ids => [.. Catalogue.All.Select(cause => cause.Id)];

    [Fact]
    public void Ids_are_unique_and_in_order()
    {
        string[] ids = [.. Catalogue.All.Select(cause => cause.Id)];

        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Every_cause_can_be_given()
    {
        IEnumerable<string> used = Ranker.Rows.SelectMany(row => row.Starts).Select(start => start.CauseId)
            .Concat(StatedReasonWeights.NamedCauses).Concat(Precautions).Concat(SeenByChecksAlone)
            .Concat(DeliveryTable.Rows.SelectMany(row => row.Starts).Select(start => start.CauseId));

        Assert.Empty(Catalogue.All.Select(cause => cause.Id).Except(used));
    }

    [Theory, MemberData(nameof(Ids))]
    public void An_id_is_the_letter_of_its_layer_and_two_digits(string id)
    {
        Assert.Equal(3, id.Length);
        Assert.Equal(Letters[(int)Catalogue.Get(id).Layer], id[0]);
        Assert.All(id[1..], digit => Assert.True(char.IsAsciiDigit(digit)));
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_title_is_a_clause(string id)
    {
        string title = Catalogue.Get(id).Title;

        Assert.False(title.EndsWith('.') || title.Contains(". ", StringComparison.Ordinal));
        Assert.True(title[0] is '{' or '_' || char.IsAsciiLetterLower(title[0]) || title.StartsWith("DNS", StringComparison.Ordinal)
            || title.StartsWith("Microsoft", StringComparison.Ordinal) || char.IsAsciiLetterUpper(title[1]), title);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_remedy_is_made_of_sentences(string id)
    {
        Assert.EndsWith(".", Catalogue.Get(id).Fix);
        Assert.True(char.IsAsciiLetterUpper(Catalogue.Get(id).Fix[0]));
    }

    [Theory, MemberData(nameof(Ids))]
    public void An_observation_ends_as_a_sentence_does(string id) =>
        Assert.True(Catalogue.Get(id).Decides[^1] is '.' or '?' or '"', Catalogue.Get(id).Decides);

    [Theory, MemberData(nameof(Ids))]
    public void Texts_have_no_placeholder_but_those_that_are_filled(string id)
    {
        Cause cause = Catalogue.Get(id);
        foreach (string text in new[] { cause.Title, cause.Fix, cause.Decides, cause.Paste ?? "" })
        {
            string rest = text.Replace("{domain}", "", StringComparison.Ordinal).Replace("{host}", "", StringComparison.Ordinal)
                .Replace("{reporter}", "", StringComparison.Ordinal).Replace("{day}", "", StringComparison.Ordinal)
                .Replace("{mx-lines}", "", StringComparison.Ordinal).Replace("{mx}", "", StringComparison.Ordinal).Replace("{id}", "", StringComparison.Ordinal);
            Assert.DoesNotContain('{', rest);
            Assert.DoesNotContain('}', rest);
            Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_rule_names_a_section(string id)
    {
        string rule = Catalogue.Get(id).Rule;
        if (rule.Length == 0)
            return;

        string[] parts = rule.Split(' ');
        Assert.Equal(3, parts.Length);
        Assert.Equal("RFC", parts[0]);
        Assert.All(parts[1], digit => Assert.True(char.IsAsciiDigit(digit)));
        Assert.StartsWith("§", parts[2]);
        Assert.All(parts[2][1..].Split('.'), number => Assert.True(int.TryParse(number, out _)));
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_cause_known_from_a_standard_names_it(string id)
    {
        if (Catalogue.Get(id) is { Grade: Grade.Standard } cause && cause.Layer != Layer.Timing)
            Assert.NotEmpty(cause.Rule);
    }

    [Fact]
    public void Every_layer_has_words() => Assert.All(Enum.GetValues<Layer>(), layer => Assert.NotEmpty(layer.InWords()));

    [Fact]
    public void An_id_that_is_not_there_is_an_error() => Assert.Throws<KeyNotFoundException>(() => Catalogue.Get("Z99"));
}
