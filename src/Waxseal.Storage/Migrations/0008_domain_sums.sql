-- What a page about all policy domains shows, without going through what each reporter counts.

-- The sums of each policy domain on each day; always those of reported_policy, for both are written at once.
CREATE TABLE domain_sum (
    policy_domain TEXT    NOT NULL,
    day           INTEGER NOT NULL,
    successful    BIGINT  NOT NULL,
    failed        BIGINT  NOT NULL,
    PRIMARY KEY (policy_domain, day)
) {clustered};

INSERT INTO domain_sum (policy_domain, day, successful, failed)
SELECT policy_domain, day,
    SUM(CASE WHEN successful > 1000000000000000 THEN 1000000000000000 ELSE successful END),
    SUM(CASE WHEN failed > 1000000000000000 THEN 1000000000000000 ELSE failed END)
FROM session_sum GROUP BY policy_domain, day;

-- One reporter is asked about by name.
CREATE INDEX session_sum_by_reporter ON session_sum (reporter, day);
