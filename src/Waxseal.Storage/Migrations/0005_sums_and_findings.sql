-- What pages show without adding up millions of rows: sums of sessions, and what the diagnosis has to say.
-- Times are milliseconds since 1970 in UTC; days are numbers such as 20241107, in UTC.

-- What each reporter counts on each day; always the sums of reported_policy, for both are written at once.
CREATE TABLE session_sum (
    policy_domain TEXT    NOT NULL,
    day           INTEGER NOT NULL,
    reporter      TEXT    NOT NULL,
    reports       BIGINT  NOT NULL,
    successful    BIGINT  NOT NULL,
    failed        BIGINT  NOT NULL,
    PRIMARY KEY (policy_domain, day, reporter)
) {clustered};

INSERT INTO session_sum (policy_domain, day, reporter, reports, successful, failed)
SELECT policy_domain, day, reporter, COUNT(DISTINCT report_key),
    SUM(CASE WHEN counted_elsewhere = 1 THEN 0 WHEN successful > 1000000000000000 THEN 1000000000000000 ELSE successful END),
    SUM(CASE WHEN counted_elsewhere = 1 THEN 0 WHEN failed > 1000000000000000 THEN 1000000000000000 ELSE failed END)
FROM reported_policy GROUP BY policy_domain, day, reporter;

-- A finding from the day it was first made until it is not made any more.
CREATE TABLE finding (
    policy_domain   TEXT    NOT NULL,
    finding_id      TEXT    NOT NULL,   -- a digest of policy domain, source, subject and the time it was first made
    source          TEXT    NOT NULL,   -- reports, look
    subject         TEXT    NOT NULL,   -- the fault, and for a look its cause: what makes it the same finding again
    severity        TEXT    NOT NULL,   -- info, warning, error
    state           TEXT    NOT NULL,   -- unknown, lasting, probably-over, over, present
    title           TEXT    NOT NULL,
    in_short        TEXT    NOT NULL,
    seen_by         TEXT    NOT NULL,   -- JSON: the reporters that saw it
    failed_sessions BIGINT  NOT NULL,
    first_made_at   BIGINT  NOT NULL,
    last_made_at    BIGINT  NOT NULL,
    changed_at      BIGINT  NOT NULL,   -- when it last said something else
    gone_at         BIGINT,             -- since when it is not made any more
    document        TEXT    NOT NULL,   -- JSON: the whole finding, as waxseal explain --json writes it
    PRIMARY KEY (policy_domain, finding_id)
);

CREATE UNIQUE INDEX finding_open ON finding (policy_domain, source, subject) WHERE gone_at IS NULL;
CREATE INDEX finding_by_time ON finding (changed_at);
