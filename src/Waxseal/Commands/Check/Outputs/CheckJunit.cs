using System.Globalization;
using System.Text;
using System.Xml;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>The answer as JUnit XML: a suite for each policy domain, a failed case for each finding that <c>--fail-on</c> fails on.</summary>
internal sealed class CheckJunit : ICheckOutput
{
    private readonly XmlWriter _writer;
    private readonly Func<Severity, bool> _fails;

    /// <param name="output">Where it goes.</param>
    /// <param name="fails">Whether a finding of a severity is a failure.</param>
    public CheckJunit(Stream output, Func<Severity, bool> fails)
    {
        _fails = fails;
        _writer = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = false, CloseOutput = false });
        _writer.WriteStartElement("testsuites");
        _writer.WriteAttributeString("name", "waxseal check");
    }

    public void Write(CheckResult result)
    {
        Finding[] failed = [.. result.Findings.Where(finding => _fails(finding.Severity))];
        bool isUnknown = result.Standing == CheckStanding.Unknown;
        _writer.WriteStartElement("testsuite");
        Attribute("name", result.Facts.PolicyDomain);
        Attribute("tests", Number(Math.Max(1, result.Findings.Length)));
        Attribute("failures", Number(failed.Length));
        Attribute("errors", isUnknown ? "1" : "0");
        Attribute("timestamp", result.Facts.GatheredAt.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        Attribute("time", (result.Facts.ElapsedMs / 1000).ToString("0.000", CultureInfo.InvariantCulture));
        foreach (Finding finding in result.Findings)
            Case(result, finding);
        if (result.Findings.IsEmpty)
            Whole(result, isUnknown);
        _writer.WriteEndElement();
        _writer.Flush();
    }

    public void End()
    {
        _writer.WriteEndElement();
        _writer.WriteWhitespace("\n");
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private void Case(CheckResult result, Finding finding)
    {
        _writer.WriteStartElement("testcase");
        Attribute("classname", result.Facts.PolicyDomain);
        Attribute("name", $"{finding.Ranking.Causes[0].Cause.Id} {finding.Title}");
        if (_fails(finding.Severity))
        {
            _writer.WriteStartElement("failure");
            Attribute("type", finding.Severity.ToString().ToLowerInvariant());
            Attribute("message", finding.Title);
            _writer.WriteString(XmlText.Legal($"{finding.Happened}\n{finding.Effect}\n{string.Join('\n', finding.Actions)}"));
            _writer.WriteEndElement();
        }

        _writer.WriteEndElement();
    }

    private void Whole(CheckResult result, bool isUnknown)
    {
        _writer.WriteStartElement("testcase");
        Attribute("classname", result.Facts.PolicyDomain);
        Attribute("name", "all checks");
        if (isUnknown)
        {
            _writer.WriteStartElement("error");
            Attribute("message", "the resolver gave no answers");
            _writer.WriteEndElement();
        }

        _writer.WriteEndElement();
    }

    private void Attribute(string name, string value) => _writer.WriteAttributeString(name, XmlText.Legal(value));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
