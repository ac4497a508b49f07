using System.Text;
using System.Text.Encodings.Web;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using RazorSlices;
using Waxseal.Dashboard.Pages;
using Waxseal.Dashboard.Readings;
using Waxseal.Net.Dialing;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Names;

namespace Waxseal.Dashboard.Checking;

/// <summary>Looks at policy domains while a browser watches. A few at a time, so that nobody makes this server knock at strangers' doors without end.</summary>
/// <param name="options">How to look.</param>
/// <param name="rules">Which addresses may be connected to.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class LiveChecks(ProbeOptions options, AddressRules rules, TimeProvider clock) : IDisposable
{
    private readonly Places _places = new(atOnce: 4, mostWaiting: 16);

    public void Dispose() => _places.Dispose();

    /// <summary>The page, which has the answer already unless a script is there to fetch it.</summary>
    public async Task<IResult?> PageAsync(Asked asked)
    {
        string text = asked.Query("domain")?.Trim() ?? "";
        string? problem = null;
        CheckResult? result = null;
        if (!DomainName.TryParse(text, out DomainName? name, out DomainNameError? error))
            problem = text.Length > 0 ? $"That {error.Text}." : null;
        else if (asked.Query("live") == "no")
            result = await CheckAsync(name, null, asked.Cancelled);
        return Asked.Page<CheckPage, CheckedDomain>(new(asked.Frame(text.Length == 0 ? "Check" : $"Check of {text}", "check"), text, problem, result));
    }

    /// <summary>The stages as they arrive, as server-sent events, and at last the answer.</summary>
    public Task<IResult?> EventsAsync(Asked asked) =>
        Task.FromResult<IResult?>(DomainName.TryParse(asked.Query("domain") ?? "", out DomainName? name, out _) ? new Stream(this, name) : null);

    /// <summary>Looks at a policy domain; null when too many wait for that already.</summary>
    public async Task<CheckResult?> TryCheckAsync(DomainName policyDomain, CancellationToken cancellationToken)
    {
        if (!await _places.TakeAsync(cancellationToken))
            return null;
        try
        {
            return await LookAsync(policyDomain, null, cancellationToken);
        }
        finally
        {
            _places.Leave();
        }
    }

    private async Task<CheckResult> CheckAsync(DomainName policyDomain, IProgress<ProbeEvent>? watcher, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await LookAsync(policyDomain, watcher, cancellationToken);
        }
        finally
        {
            _places.Leave();
        }
    }

    private async Task<CheckResult> LookAsync(DomainName policyDomain, IProgress<ProbeEvent>? watcher, CancellationToken cancellationToken)
    {
        using DomainProbe probe = new(options, rules, clock);
        DomainFacts facts = await probe.ProbeAsync(policyDomain, watcher, cancellationToken);
        return Checker.Check(facts);
    }

    /// <summary>An answer that goes on as long as the look.</summary>
    private sealed class Stream(LiveChecks checks, DomainName policyDomain) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            Channel<ProbeEvent> found = Channel.CreateUnbounded<ProbeEvent>();
            Task<CheckResult> checking = RunAsync(found, context.RequestAborted);
            await foreach (ProbeEvent one in found.Reader.ReadAllAsync(context.RequestAborted))
                await SendAsync(context, "stage", Stage.Of(one).ToJson());
            string answer = await Part<CheckResult>.Of<CheckAnswerPart>(await checking).RenderAsync(HtmlEncoder.Default, context.RequestAborted);
            await SendAsync(context, "answer", answer);
        }

        private async Task<CheckResult> RunAsync(Channel<ProbeEvent> found, CancellationToken cancellationToken)
        {
            try
            {
                return await checks.CheckAsync(policyDomain, new Watcher(found.Writer), cancellationToken);
            }
            finally
            {
                found.Writer.Complete();
            }
        }

        private static async Task SendAsync(HttpContext context, string name, string data)
        {
            StringBuilder text = new StringBuilder("event: ").Append(name).Append('\n');
            foreach (string line in data.ReplaceLineEndings("\n").Split('\n'))
                text.Append("data: ").Append(line).Append('\n');
            await context.Response.WriteAsync(text.Append('\n').ToString(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private sealed class Watcher(ChannelWriter<ProbeEvent> found) : IProgress<ProbeEvent>
    {
        public void Report(ProbeEvent value) => found.TryWrite(value);
    }
}
