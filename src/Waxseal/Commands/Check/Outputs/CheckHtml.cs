using System.Text;
using System.Xml;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Senders;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Terminal;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>The answer as one HTML file that needs nothing else.</summary>
internal sealed class CheckHtml : ICheckOutput
{
    private const string Style = """
        :root { color-scheme: light dark; --line: #8884; --dim: #777; --good: #1a7f37; --warn: #9a6700; --bad: #cf222e; }
        @media (prefers-color-scheme: dark) { :root { --dim: #9a9a9a; --good: #3fb950; --warn: #d29922; --bad: #f85149; } }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 52rem; padding: 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 2rem; }
        h3 { font-size: 1.05rem; margin: 1.25rem 0 .25rem; } p { margin: .35rem 0; }
        .good { color: var(--good); } .warning { color: var(--warn); } .error { color: var(--bad); } .info, .dim { color: var(--dim); }
        .finding { border-left: .25rem solid currentColor; padding-left: .75rem; } .finding > * { color: CanvasText; } .finding > .dim { color: var(--dim); }
        pre { background: #8881; padding: .5rem; overflow-x: auto; border-radius: .25rem; } table { border-collapse: collapse; width: 100%; }
        td, th { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th, td.good, td.warning, td.error { white-space: nowrap; width: 1%; } th { font-weight: 600; } .verdict { font-weight: 600; }
        .share { padding-left: 3rem; text-indent: -3rem; } .share b { display: inline-block; width: 3rem; text-indent: 0; }
        ul { margin: .35rem 0; padding-left: 1.25rem; } summary { cursor: pointer; margin-top: 1rem; } details pre { font-size: .8rem; white-space: pre-wrap; }
        @media (max-width: 30rem) { th, td.good, td.warning, td.error { white-space: normal; width: auto; } tr { display: block; border-bottom: 1px solid var(--line); padding: .25rem 0; } th, td { display: inline; border: 0; padding-right: .5rem; } }
        """;

    private const int FactsColumns = 100;

    private readonly XmlWriter _writer;

    public CheckHtml(Stream output)
    {
        output.Write("<!doctype html>\n"u8);
        _writer = XmlWriter.Create(output, new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), CheckCharacters = false, CloseOutput = false });
        _writer.WriteStartElement("html");
        _writer.WriteAttributeString("lang", "en");
        _writer.WriteStartElement("head");
        _writer.WriteStartElement("meta");
        _writer.WriteAttributeString("charset", "utf-8");
        _writer.WriteEndElement();
        _writer.WriteStartElement("meta");
        _writer.WriteAttributeString("name", "viewport");
        _writer.WriteAttributeString("content", "width=device-width, initial-scale=1");
        _writer.WriteEndElement();
        Element("title", "waxseal check");
        Element("style", Style);
        _writer.WriteEndElement();
        _writer.WriteStartElement("body");
        _writer.WriteStartElement("main");
        Element("h1", "TLS of mail: what was found");
    }

    public void Write(CheckResult result)
    {
        Element("h2", result.Facts.PolicyDomain);
        Verdict verdict = Verdict.Of(result);
        Element("p", $"{char.ToUpperInvariant(verdict.Text[0])}{verdict.Text[1..]}{verdict.More}", $"verdict {verdict.Tone.ToString().ToLowerInvariant()}");
        Element("p", $"Looked at {result.Facts.GatheredAt:yyyy-MM-dd HH:mm} UTC.", "dim");
        if (!result.Omitted.IsEmpty)
            Element("p", $"Not looked at: {string.Join("; ", result.Omitted)}.", "warning");
        foreach (Finding finding in result.Findings)
            Write(finding);
        Write(result.Senders);
        WriteFacts(result);
        _writer.Flush();
    }

    public void End()
    {
        _writer.WriteEndElement();
        _writer.WriteEndElement();
        _writer.WriteEndElement();
        _writer.WriteWhitespace("\n");
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private void Write(Finding finding)
    {
        string severity = finding.Severity.ToString().ToLowerInvariant();
        _writer.WriteStartElement("section");
        _writer.WriteAttributeString("class", $"finding {severity}");
        Element("h3", finding.Title);
        Element("p", $"{(severity == "info" ? "Remark" : severity == "error" ? "Error" : "Warning")}: {finding.InShort}", "dim");
        Element("p", finding.Happened);
        Write(finding.Ranking);
        if (finding.Severity != Severity.Info)
            Element("p", finding.Effect, "dim");
        _writer.WriteStartElement("ul");
        foreach (string action in finding.Actions)
        {
            string[] lines = action.Split('\n', 2);
            _writer.WriteStartElement("li");
            _writer.WriteString(XmlText.Legal(lines[0]));
            if (lines.Length > 1)
                Element("pre", lines[1]);
            _writer.WriteEndElement();
        }

        _writer.WriteEndElement();
        Element("p", $"How you will know: {finding.MendedWhen.Replace("`", "", StringComparison.Ordinal)}", "dim");
        _writer.WriteEndElement();
    }

    // One cause that was seen needs no weighing.
    private void Write(Ranking ranking)
    {
        if (ranking.Causes.Length < 2)
            return;

        foreach (RankedCause ranked in ranking.Causes)
            Share(ranked.Percent, $"[{ranked.Cause.Id}] {ranked.Cause.Title}");
        Share(ranking.NotDeterminablePercent, "something else");
    }

    private void Share(int percent, string title)
    {
        _writer.WriteStartElement("p");
        _writer.WriteAttributeString("class", "share");
        Element("b", $"{percent} %");
        _writer.WriteString(XmlText.Legal(title));
        _writer.WriteEndElement();
    }

    private void Write(IReadOnlyCollection<SenderOutlook> senders)
    {
        if (senders.Count == 0)
            return;

        Element("h3", "Who can get and accept the policy");
        _writer.WriteStartElement("table");
        SenderOutlook? above = null;
        foreach (SenderOutlook sender in senders)
        {
            _writer.WriteStartElement("tr");
            Element("th", sender.Title);
            Element("td", sender.FailsAt is null ? "yes" : sender.IsPartial ? "in part" : "no", sender.FailsAt is null ? "good" : sender.IsPartial ? "warning" : "error");
            Element("td", sender.FailsAt is null ? "" : $"{OutlookWords.Of(sender, above)}{(sender.IsAssumed ? " (assumed of the sender, not known)" : "")}");
            _writer.WriteEndElement();
            above = sender;
        }

        _writer.WriteEndElement();
    }

    private void WriteFacts(CheckResult result)
    {
        using StringWriter text = new();
        new FactsText(new Page(text, FactsColumns, coloured: false)).Write(result);
        _writer.WriteStartElement("details");
        Element("summary", "What each server said");
        Element("pre", text.ToString().Trim('\n'));
        _writer.WriteEndElement();
    }

    private void Element(string name, string text, string? kind = null)
    {
        _writer.WriteStartElement(name);
        if (kind is not null)
            _writer.WriteAttributeString("class", kind);
        if (name == "style")
            _writer.WriteRaw(text);
        else
            _writer.WriteString(XmlText.Legal(text));
        _writer.WriteFullEndElement();
    }
}
