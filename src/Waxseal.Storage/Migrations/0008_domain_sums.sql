-- What a page about all policy domains shows, without going through what each reporter counts.

-- The sums of each policy domain on each day; always those of reported_policy, for both are written at once. Days come first in the key,
-- for it is asked about the days of all policy domains.
CREATE TABLE domain_sum (
    day           INTEGER NOT NULL,
    policy_domain TEXT    NOT NULL,
    successful    BIGINT  NOT NULL,
    failed        BIGINT  NOT NULL,
    PRIMARY KEY (day, policy_domain)
) {clustered};

INSERT INTO domain_sum (day, policy_domain, successful, failed)
SELECT day, policy_domain,
    SUM(CASE WHEN successful > 1000000000000000 THEN 1000000000000000 ELSE successful END),
    SUM(CASE WHEN failed > 1000000000000000 THEN 1000000000000000 ELSE failed END)
FROM session_sum GROUP BY day, policy_domain;

-- One reporter is asked about by name; all that is told of it lies side by side.
CREATE INDEX session_sum_by_reporter ON session_sum (reporter, day, policy_domain, reports, successful, failed);
