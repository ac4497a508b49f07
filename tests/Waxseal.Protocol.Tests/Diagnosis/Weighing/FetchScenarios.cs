using System.Collections.Immutable;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Weighing;

/// <summary>Scenarios of a policy that was not obtained.</summary>
internal static class FetchScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        // What a reporter says in so many words.
        new("fetch-several-statuses", "G01", MailRu.On("2024-02-22").Sts()
            .Failed(1, FetchError, "bad https response code: 404").Detail(1, FetchError, "bad https response code: 500")),
        new("fetch-status-404", "G01", MailRu.On("2024-02-22").Sts().Failed(1, FetchError, "bad https response code: 410")),
        new("fetch-status-forbidden", "G03", MailRu.On("2024-02-22").Sts().Failed(1, FetchError, "bad https response code: 403")),
        new("fetch-status-throttled", "G16", MailRu.On("2024-02-22").Sts().Failed(1, FetchError, "bad https response code: 429")),
        new("fetch-status-redirect", "G02", MailRu.On("2024-02-22").Sts().Failed(1, FetchError, "bad https response code: 301")),
        new("fetch-status-5xx", "G07", MailRu.On("2024-02-22").Sts().Failed(1, FetchError, "bad https response code: 503")),
        new("fetch-status-other", "G13", MailRu.On("2024-02-22").Sts().Failed(1, FetchError, "bad https response code: 421")),
        new("fetch-record-several", "A03", Mox.On("2024-11-08").Sts().Failed(1, FetchError, "multiple-mta-sts-records")),
        new("fetch-record-lookup", "A20", Mox.On("2024-11-08").Sts().Failed(1, FetchError, "dns-lookup")),
        new("fetch-record-grammar", "A04", Stalwart.On("2024-11-08").Sts()
            .Failed(1, FetchError, "Failed to parse MTA-STS DNS record.")),

        // The text of the policy.
        new("grammar-page-for-policy", "G01",
            Stalwart.On("2024-11-08").Sts().Failed(1, PolicyInvalid),
            Google.On("2024-11-08").Sts().Failed(2, FetchError)),
        new("grammar-strict-only", "H09",
            Mox.On("2024-11-08").Sts().Failed(1, PolicyInvalid, "policy-syntax-error"),
            Google.On("2024-11-08").Sts(Tested).Succeeded(2)),
        new("grammar-or-page", "G01", Stalwart.On("2024-11-08").Sts().Failed(1, PolicyInvalid)),
        new("grammar-all", "H02",
            Google.On("2024-11-08").Sts().Failed(1, PolicyInvalid),
            Outlook.On("2024-11-08").Sts().Failed(2, PolicyInvalid)),

        // The certificate of the policy host.
        new("certificate-chain-incomplete", "F04",
            Google.On("2024-11-08").Sts().Failed(1, WebPkiInvalid),
            Halon.On("2024-11-08").Sts().Failed(1, FetchError),
            Outlook.On("2024-11-08").Sts(Tested).Succeeded(3)),
        new("certificate-some", "F04",
            MailRu.On("2024-11-08").Sts().Failed(1, WebPkiInvalid),
            Google.On("2024-11-08").Sts(Tested).Succeeded(3)),
        new("certificate-once", "F02",
            Google.On("2024-11-07").Sts(Tested).Succeeded(3),
            Google.On("2024-11-08").Sts().Failed(3, WebPkiInvalid),
            Google.On("2024-11-09").Sts(Tested).Succeeded(3)),
        new("certificate-at-first", "C06",
            Google.On("2024-11-08").Sts().Failed(3, WebPkiInvalid),
            Google.On("2024-11-09").Sts(Tested).Succeeded(3)),
        new("certificate-since", "F02",
            Google.On("2024-11-07").Sts(Tested).Succeeded(3),
            Google.On("2024-11-08").Sts().Failed(3, WebPkiInvalid)),
        new("certificate-never", "F01", EachDay("2024-11-08", 3, day => Google.On(day).Sts().Failed(3, WebPkiInvalid))),

        // Only the refresh failed.
        new("fetch-cached", "A14", Google.On("2024-11-08").Sts(Enforced).Succeeded(3).Failed(3, FetchError)),

        // Who fails, and when.
        new("fetch-impatient", "G12",
            Halon.On("2024-11-08").Sts().Failed(1, FetchError),
            Google.On("2024-11-08").Sts(Tested).Succeeded(3)),
        new("fetch-one-of-many-domains", "G19",
            Google.On("2024-11-08").Sts().Failed(3, FetchError),
            Google.On("2024-11-08").About("one.example").Sts(Tested).Succeeded(3),
            Google.On("2024-11-08").About("two.example").Sts(Tested).Succeeded(3),
            Google.On("2024-11-08").About("three.example").Sts(Tested).Succeeded(3)),
        new("fetch-burst", "D08",
            Google.On("2024-11-07").Sts(Tested).Succeeded(3),
            Google.On("2024-11-08").Sts().Failed(3, FetchError),
            Outlook.On("2024-11-08").Sts().Failed(3, FetchError),
            Google.On("2024-11-09").Sts(Tested).Succeeded(3)),
        new("fetch-some-days", "F02",
        [
            Google.On("2024-11-07").Sts(Tested).Succeeded(3),
            .. EachDay("2024-11-08", 4, day => Google.On(day).Sts().Failed(3, FetchError)),
            Google.On("2024-11-12").Sts(Tested).Succeeded(3),
        ]),
        new("fetch-since-a-day", "F02",
        [
            Google.On("2024-11-07").Sts(Tested).Succeeded(3),
            .. EachDay("2024-11-08", 3, day => Google.On(day).Sts().Failed(3, FetchError)),
        ]),
        new("fetch-never-worked", "B01", EachDay("2024-11-08", 3, day => Google.On(day).Sts().Failed(3, FetchError))),
        new("fetch-mixed", "B02", EachDay("2024-11-08", 4, day =>
            Google.On(day).Sts().Failed(1, FetchError).Sts(Tested).Succeeded(5))),
        new("fetch-one-reporter-every-day-microsoft", "G05",
        [
            .. EachDay("2024-11-08", 3, day => Outlook.On(day).Sts().Failed(2, FetchError)),
            .. EachDay("2024-11-08", 3, day => Google.On(day).Sts(Tested).Succeeded(5)),
        ]),
        new("fetch-one-reporter-every-day", "D05",
        [
            .. EachDay("2024-11-08", 3, day => Google.On(day).Sts().Failed(2, FetchError)),
            .. EachDay("2024-11-08", 3, day => Outlook.On(day).Sts(Tested).Succeeded(5)),
        ]),
        new("fetch-several-reporters-first-day", "C02",
            Google.On("2024-11-08").Sts().Failed(2, FetchError),
            Outlook.On("2024-11-08").Sts().Failed(1, FetchError),
            Google.On("2024-11-10").Sts(Tested).Succeeded(5)),
        new("fetch-at-first", "C02",
        [
            .. EachDay("2024-11-08", 3, day => Google.On(day).Sts().Failed(2, FetchError)),
            Google.On("2024-11-12").Sts(Tested).Succeeded(5),
        ]),
        new("fetch-one-reporter-first-day", "C01",
            Outlook.On("2024-11-07").Sts().Failed(2, FetchError),
            Google.On("2024-11-08").Sts(Tested).Succeeded(1)),
        new("fetch-one-reporter-one-day-others-fine", "N06",
            MailRu.On("2024-11-08").Sts().Failed(2, FetchError),
            Google.On("2024-11-08").Sts(Tested).Succeeded(5)),
        new("fetch-obtained-that-day", "C01", Outlook.On("2024-11-08").Sts(Tested).Succeeded(5).Sts().Failed(2, FetchError)),
        new("fetch-once", "N06",
            Google.On("2024-11-07").Sts(Tested).Succeeded(5),
            Google.On("2024-11-08").Sts().Failed(2, FetchError)),
        new("fetch-alone", "C01", MailRu.On("2024-11-08").Sts().Failed(2, FetchError)),
        new("fetch-now-and-then", "B02",
            Google.On("2024-11-01").Sts().Failed(2, FetchError),
            Google.On("2024-11-03").Sts(Tested).Succeeded(5),
            Google.On("2024-11-05").Sts().Failed(2, FetchError),
            Google.On("2024-11-07").Sts(Tested).Succeeded(5)),
    ];
}
