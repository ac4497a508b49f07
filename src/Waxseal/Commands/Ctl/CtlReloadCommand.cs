using Waxseal.Hosting.Control;
using Waxseal.Terminal;

namespace Waxseal.Commands.Ctl;

/// <summary>Has the configuration read again.</summary>
internal sealed class CtlReloadCommand(Surroundings surroundings) : CtlSubcommand<ReloadAnswer>(
    "reload", "Have it read its configuration again, as SIGHUP does: all of it holds, or nothing changes.", ControlJson.Default.ReloadAnswer, surroundings)
{
    protected override int ExitCodeOf(ReloadAnswer answer) => answer.Problems.IsEmpty ? ExitCode.Clean : ExitCode.Usage;

    protected override void Write(ReloadAnswer answer)
    {
        if (answer.Problems.IsEmpty)
        {
            Surroundings.NewPage().Paragraph(answer.Changed.IsEmpty ? "The configuration was read again; nothing changed." : $"Changed: {string.Join(", ", answer.Changed)}.");
            return;
        }

        Page page = Surroundings.NewErrorPage();
        foreach (string problem in answer.Problems)
            page.Paragraph(Styled.Error("waxseal: ") + problem);
        page.Paragraph("Nothing was changed; what ran before goes on.");
    }
}
