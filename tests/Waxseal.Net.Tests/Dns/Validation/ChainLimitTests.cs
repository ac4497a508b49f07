using Waxseal.Lab.Signing;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Dns.Validation;

public class ChainLimitTests
{
    private readonly ChainLab _lab = new();

    [Fact]
    public async Task Flood_of_keys_with_one_tag_is_not_tried_to_the_end()
    {
        _lab.Example.SigningKey = LabKey.Colliding(200, out LabKey[] others);
        _lab.Example.OtherKeys.AddRange(others);
        DnsRecord[] broken =
        [
            .. Enumerable.Range(0, 200).Select(i =>
            {
                DnsRecord signature = new ZoneSigner(_lab.Example).Signature([.. _lab.Example.Records.Where(record => record.Type == DnsType.Mx)], _lab.Example.SigningKey);
                return signature with { Data = (byte[])[.. signature.Data.Span[..^1], (byte)(signature.Data.Span[^1] ^ (i + 1))] };
            }),
        ];
        _lab.Example.WithdrawSignature("example.test", DnsType.Mx);
        _lab.Example.Published.AddRange(broken);
        long start = TimeProvider.System.GetTimestamp();

        ValidationFacts facts = await _lab.Validate("example.test", DnsType.Mx);

        Assert.Equal((ValidationState.Bogus, ValidationBreak.SignatureWrong), (facts.State, facts.Break));
        Assert.Equal("none of the first 8 pairs of signature and key for example.test MX fits", facts.Detail);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Two_keys_with_one_tag_are_both_tried()
    {
        _lab.Example.SigningKey = LabKey.Colliding(1, out LabKey[] others);
        _lab.Example.OtherKeys.AddRange(others);
        _lab.Example.Published.Reverse();

        Assert.Equal(ValidationState.Secure, (await _lab.Validate("example.test", DnsType.Mx)).State);
    }

    [Fact]
    public async Task Names_of_very_many_labels_are_left_alone()
    {
        string name = $"{string.Join('.', Enumerable.Repeat("a", 100))}.example.test";
        _lab.Example.Text(name, "deep");
        _lab.Example.WithdrawSignature(name, DnsType.Txt);

        ValidationFacts facts = await _lab.Validate(name, DnsType.Txt);

        Assert.Equal(ValidationState.Indeterminate, facts.State);
        Assert.EndsWith("has more than 64 labels", facts.Detail, StringComparison.Ordinal);
        Assert.InRange(_lab.Dns.Asked.Count, 60, 80);
    }

    [Fact]
    public async Task Long_chain_of_aliases_is_left_alone()
    {
        for (int i = 0; i < 20; i++)
            _lab.Example.Alias($"a{i}.example.test", $"a{i + 1}.example.test");
        _lab.Example.Alias("round.example.test", "round.example.test");

        Assert.Equal("a0.example.test leads over more than 8 aliases", (await _lab.Validate("a0.example.test", DnsType.A)).Detail);
        Assert.Equal("round.example.test leads over more than 8 aliases", (await _lab.Validate("round.example.test", DnsType.A)).Detail);
        Assert.NotEqual(ValidationState.Indeterminate, (await _lab.Validate("a13.example.test", DnsType.A)).State);
    }

    [Fact]
    public async Task Zones_are_asked_about_once_by_many_at_a_time()
    {
        _lab.Dns.Edit = message => message;
        string[] names = ["example.test", "mail.example.test", "_25._tcp.mail.example.test", "www.example.test", "nothing.example.test"];
        ValidationFacts[] all = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => Task.Run(() => _lab.Validate(names[i % names.Length], DnsType.A))));

        Assert.All(all, facts => Assert.Equal(ValidationState.Secure, facts.State));
        Assert.All(_lab.Dns.Asked.Where(question => question.Type is DnsType.Ds or DnsType.Dnskey).CountBy(question => question), asked => Assert.Equal(1, asked.Value));
    }

    [Fact]
    public async Task One_who_gives_up_does_not_spoil_it_for_others()
    {
        using CancellationTokenSource impatience = new();
        PausingSource source = new(_lab.Dns);
        ChainValidator validator = new(source, [ChainLab.AnchorOf(_lab.Root)], _lab.Clock);
        Task<ValidationFacts> first = validator.ValidateAsync(new DnsQuestion(_lab.Example.Name, DnsType.Mx), impatience.Token);
        Task<ValidationFacts> second = validator.ValidateAsync(new DnsQuestion(_lab.Example.Name, DnsType.Mx), TestContext.Current.CancellationToken);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        source.Resume.SetResult();

        Assert.Equal(ValidationState.Secure, (await second).State);
    }

    [Fact]
    public async Task Source_that_throws_is_not_asked_for_ever_and_may_do_better_later()
    {
        Exception? fault = new InvalidOperationException("out of order");
        _lab.Dns.Edit = message => message.Question!.Type == DnsType.Ds && fault is not null ? throw fault : message;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _lab.Validate("example.test", DnsType.Mx));
        fault = new TaskCanceledException("late");
        await Assert.ThrowsAsync<TaskCanceledException>(() => _lab.Validate("example.test", DnsType.Mx));
        fault = null;

        Assert.Equal(ValidationState.Secure, (await _lab.Validate("example.test", DnsType.Mx)).State);
    }

    /// <summary>A source that gives no key before it is told to.</summary>
    private sealed class PausingSource(IMessageSource source) : IMessageSource
    {
        public TaskCompletionSource Resume { get; } = new();

        public async Task<DnsMessage?> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            if (question.Type == DnsType.Dnskey)
                await Resume.Task.WaitAsync(cancellationToken);
            return await source.AskAsync(question, cancellationToken);
        }
    }
}
