namespace Waxseal.Inputs;

/// <summary>
/// Paths in, reports out: files, folders and standard input, whatever their packing. One thing after the other is read
/// and let go, and what cannot be read never ends the rest.
/// </summary>
/// <param name="standardInput">What <c>-</c> stands for.</param>
/// <param name="deliveries">Reads logs and bounces; null where reports alone are wanted.</param>
internal sealed class ReportFiles(Stream standardInput, DeliveryInput? deliveries = null)
{
    /// <summary>All reports, failures and skipped things, in the order of the paths.</summary>
    public IEnumerable<IntakeResult> Read(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (string path in paths)
        {
            foreach (IntakeResult result in FailWhenAllSkipped(path, ReadPath(path)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return result;
            }
        }
    }

    private IEnumerable<IntakeResult> ReadPath(string path)
    {
        if (path == ReportOrigin.StandardInput)
            return StreamReports.In(new ReportOrigin(path), standardInput, isNamed: true, deliveries);
        return Directory.Exists(path) ? ReadFolder(path) : ReadFile(path, isNamed: true);
    }

    private IEnumerable<IntakeResult> ReadFolder(string folder)
    {
        foreach (FolderEntry entry in FolderWalk.Of(folder))
        {
            if (entry.Failure is not null)
            {
                yield return new IntakeResult.Failed(new ReportOrigin(entry.Path), entry.Failure);
                continue;
            }

            if (entry.PassedOver is not null)
            {
                yield return new IntakeResult.Skipped(new ReportOrigin(entry.Path), entry.PassedOver) { WasRead = false };
                continue;
            }

            foreach (IntakeResult result in ReadFile(entry.Path, isNamed: false))
                yield return result;
        }
    }

    private IEnumerable<IntakeResult> ReadFile(string path, bool isNamed)
    {
        ReportOrigin origin = new(path);
        using FileStream? stream = InputFile.Open(path, out string? refusal);
        if (stream is null)
        {
            yield return new IntakeResult.Failed(origin, refusal!);
            yield break;
        }

        foreach (IntakeResult result in StreamReports.In(origin, stream, isNamed, deliveries))
            yield return result;
    }

    // Whoever names a path means that there is a report in it.
    private static IEnumerable<IntakeResult> FailWhenAllSkipped(string path, IEnumerable<IntakeResult> results)
    {
        IntakeResult.Skipped? first = null;
        int skipped = 0;
        int passedOver = 0;
        bool hasOther = false;
        foreach (IntakeResult result in results)
        {
            hasOther |= result is not IntakeResult.Skipped;
            if (result is IntakeResult.Skipped { WasRead: false })
                passedOver++;
            if (result is IntakeResult.Skipped skip && ++skipped == 1)
            {
                first = skip;
                continue;
            }

            if (first is not null)
                yield return first;
            first = null;
            yield return result;
        }

        if (hasOther && first is not null)
            yield return first;
        else if (first is not null)
            yield return new IntakeResult.Failed(first.Origin, first.Reason) { WasRead = first.WasRead };
        else if (!hasOther)
            yield return new IntakeResult.Failed(new ReportOrigin(path), NothingIn(skipped - passedOver, passedOver)) { HoldsNothing = true };
    }

    private static string NothingIn(int others, int passedOver) => (others, passedOver) switch
    {
        (0, 0) => "holds no reports: it is empty",
        (_, 0) => $"holds no TLS report; {others} files or mails in it are something else",
        (0, _) => $"holds nothing but {passedOver} hidden files or links to folders, which are passed over; name one to have it read",
        _ => $"holds no TLS report; {others} files or mails in it are something else, {passedOver} hidden files or links to folders "
            + "were passed over",
    };
}
