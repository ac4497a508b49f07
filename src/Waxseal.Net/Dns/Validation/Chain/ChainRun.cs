using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>One validation: a question, and the aliases it leads over.</summary>
/// <param name="walk">Leads to zones.</param>
/// <param name="source">Asks.</param>
/// <param name="clock">Tells whether signatures are in their time.</param>
internal sealed class ChainRun(ZoneWalk walk, IMessageSource source, TimeProvider clock)
{
    private int _steps;

    /// <summary>The verdict on the first link that breaks, or on all of it.</summary>
    public async Task<ChainVerdict> OfAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstEnd = null;
        string subject = "";
        DnsQuestion next = question;
        for (int aliases = 0; aliases <= ValidationLimits.MaxAliases; aliases++)
        {
            ChainVerdict verdict = (await JudgeAsync(next, cancellationToken).ConfigureAwait(false)).After(firstEnd);
            if (verdict is not { State: ValidationState.Secure, Alias: { } target })
                return verdict.Detail.Length == 0 ? verdict : verdict with { Detail = subject + verdict.Detail };

            firstEnd = verdict.FirstEnd;
            subject = $"{question.Name} is an alias of {target}: ";
            next = question with { Name = target };
        }

        return ChainVerdict.Indeterminate(
            DnsName.Root, $"{question.Name} leads over more than {ValidationLimits.MaxAliases} aliases");
    }

    private async Task<ChainVerdict> JudgeAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (!IsSigned(question.Type))
            return ChainVerdict.Indeterminate(DnsName.Root, $"{question.Type.ToWord()} records have no signatures");

        // RFC 4034 §5: DS records, alone, belong to the zone above the name.
        DnsName end = question.Type == DnsType.Ds ? question.Name.Parent : question.Name;
        if (walk.Start(end) is not { } start)
            return ChainVerdict.Indeterminate(DnsName.Root, $"there is no trust anchor for {question.Name}");

        DnsMessage? answer = await source.AskAsync(question, cancellationToken).ConfigureAwait(false);
        SignedZone? zone = null;
        ChainVerdict? verdict = null;
        for (int labels = start.LabelCount; labels <= end.LabelCount; labels++)
        {
            if (_steps++ == ValidationLimits.MaxSteps)
            {
                return ChainVerdict.Indeterminate(
                    start, $"the way to {question.Name} has more than {ValidationLimits.MaxSteps} labels");
            }

            ChainStep step = await walk.ToAsync(end.Last(labels), cancellationToken).ConfigureAwait(false);
            if (step is not ChainStep.In inside)
                return Worse(verdict, ((ChainStep.Over)step).Verdict);

            // An answer that the zone has signed itself holds, whatever there may be further down.
            if (!inside.Zone.Name.Equals(zone?.Name))
                verdict = JudgeIfSigner(inside.Zone, question, answer);
            if (verdict is { State: ValidationState.Secure })
                return verdict;
            zone = inside.Zone;
            if (inside.IsLast)
                break;
        }

        return verdict ?? new AnswerJudge(zone!, clock.GetUtcNow()).Of(question, answer);
    }

    private ChainVerdict? JudgeIfSigner(SignedZone zone, DnsQuestion question, DnsMessage? answer)
    {
        AnswerJudge judge = new(zone, clock.GetUtcNow());
        return judge.IsSigner(answer) ? judge.Of(question, answer) : null;
    }

    // RFC 4035 §2.2: signatures are not signed.
    // RFC 6895 §3.1: numbers from 128 to 255 are questions, not records.
    private static bool IsSigned(DnsType type) =>
        type is not (DnsType.None or DnsType.Opt or DnsType.Rrsig) && (ushort)type is < 128 or > 255;

    // When both the answer and the proof that there is no other zone break in one zone, the answer says more.
    private static ChainVerdict Worse(ChainVerdict? answer, ChainVerdict way) =>
        answer is not null && way.State == ValidationState.Bogus && way.Zone.Equals(answer.Zone) ? answer : way;
}
