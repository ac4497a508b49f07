namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>The cause behind each problem of a record or policy, by the problem's code.</summary>
internal static class SlipCauses
{
    /// <summary>The cause of a problem of the TXT record.</summary>
    public static string OfRecord(string code) => code switch
    {
        "sts-record-id-invalid" => "A05",
        "sts-record-version-case" or "sts-record-version-unknown" or "sts-record-version-spaced" => "A06",
        _ => "A04",
    };

    /// <summary>The cause of a problem of the policy, or null when it is the author's own affair.</summary>
    public static string? OfPolicy(string code) => code switch
    {
        "sts-policy-field-misspelt" or "sts-policy-name-invalid" => "H01",
        "sts-policy-version-missing" or "sts-policy-version-unknown" or "sts-policy-byte-order-mark" => "H02",
        "sts-policy-mode-missing" or "sts-policy-mode-unknown" => "H03",
        "sts-policy-max-age-missing" or "sts-policy-max-age-invalid" or "sts-policy-max-age-too-large" => "H04",
        "sts-policy-mx-missing" => "H05",
        "sts-policy-mx-several" => "H06",
        "sts-policy-mx-address" or "sts-policy-mx-port" or "sts-policy-mx-url" or "sts-policy-mx-root-dot" or "sts-policy-mx-preference"
            or "sts-policy-mx-invalid" or "sts-policy-mx-u-label" => "H07",
        "sts-policy-mx-wildcard" or "sts-policy-mx-public-suffix" => "H08",
        "sts-policy-line-indented" or "sts-policy-space-before-colon" => "H09",
        "sts-policy-utf16" or "sts-policy-value-control" or "sts-policy-line-quoted" => "H10",
        "sts-policy-comment" => "H11",
        "sts-policy-blank-line" => "H12",
        "sts-policy-field-repeated" => "H13",
        "sts-policy-json" => "H14",
        "sts-policy-lone-cr" => "H15",
        "sts-policy-html" => "G09",
        "sts-policy-colon-missing" or "sts-policy-equals" or "sts-policy-semicolons" or "sts-policy-is-record" or "sts-policy-value-empty"
            or "sts-policy-empty" => "H16",
        "sts-policy-max-age-short" => "C17",
        "sts-policy-too-long" => "G11",
        _ => null,
    };
}
