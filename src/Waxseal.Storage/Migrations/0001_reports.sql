-- TLS reports as they came, and what they say. The policy domain begins each key that grows.
-- Times are milliseconds since 1970 in UTC; days are numbers such as 20241107, in UTC.

CREATE TABLE report (
    policy_domain     TEXT    NOT NULL,   -- what the report is about; empty when it does not say
    report_key        {bytes} NOT NULL,   -- a digest of identity and content
    identity          {bytes} NOT NULL,   -- the first half of report_key: a digest of who sent it, its report-id, its policy domains and its days
    state             TEXT    NOT NULL,   -- counted, replaced, conflicting, quarantined, foreign, unreadable
    received_at       BIGINT  NOT NULL,
    times_received    BIGINT  NOT NULL,
    last_received_at  BIGINT  NOT NULL,
    channel           TEXT    NOT NULL,   -- https, smtp, lmtp, imap, maildir, folder, command
    origin            TEXT    NOT NULL,   -- an address, a file name or a message
    trust             TEXT    NOT NULL,   -- verified, relayed, unverified, failed
    trust_reason      TEXT    NOT NULL,
    submitter         TEXT,               -- the domain that sent it, by the signature that holds or else by its own word
    reporter          TEXT    NOT NULL,
    organization_name TEXT,
    contact_info      TEXT,
    report_id         TEXT,
    range_start       BIGINT,
    range_end         BIGINT,
    first_day         INTEGER,
    last_day          INTEGER,
    policy_domains    TEXT    NOT NULL,   -- JSON: those of its policies, under which its rows of sessions stand
    successful        BIGINT  NOT NULL,
    failed            BIGINT  NOT NULL,
    defects           TEXT    NOT NULL,   -- JSON
    fault             TEXT,               -- why it cannot be read
    reader            INTEGER NOT NULL,   -- the version of the reader that read it
    PRIMARY KEY (policy_domain, report_key)
) {clustered};

-- Whatever happens, one report never counts with two contents.
CREATE UNIQUE INDEX report_that_counts ON report (policy_domain, identity) WHERE state IN ('counted', 'quarantined');
CREATE INDEX report_by_time ON report (policy_domain, received_at);

-- The bytes as they arrived, gzip.
CREATE TABLE report_body (
    policy_domain TEXT    NOT NULL,
    report_key    {bytes} NOT NULL,
    body          {bytes} NOT NULL,
    PRIMARY KEY (policy_domain, report_key)
);

-- What counted reports say of each policy; the sums of everything rest on these rows. PostgreSQL keeps each month by itself, so
-- that what is too old goes at once.
CREATE TABLE reported_policy (
    policy_domain     TEXT    NOT NULL,
    day               INTEGER NOT NULL,
    report_key        {bytes} NOT NULL,
    ordinal           INTEGER NOT NULL,
    report_domain     TEXT    NOT NULL,   -- the policy_domain of the report
    reporter          TEXT    NOT NULL,
    policy_type       TEXT    NOT NULL,
    policy_string     TEXT    NOT NULL,   -- JSON
    mx_patterns       TEXT    NOT NULL,   -- JSON
    successful        BIGINT  NOT NULL,
    failed            BIGINT  NOT NULL,
    counted_elsewhere INTEGER NOT NULL,   -- 1: the same sessions stand under another policy type of the same report
    PRIMARY KEY (policy_domain, day, report_key, ordinal)
) {clustered} {by month};

CREATE TABLE reported_failure (
    policy_domain      TEXT    NOT NULL,
    day                INTEGER NOT NULL,
    report_key         {bytes} NOT NULL,
    ordinal            INTEGER NOT NULL,
    detail             INTEGER NOT NULL,
    reporter           TEXT    NOT NULL,
    result_type        TEXT    NOT NULL,
    sessions           BIGINT  NOT NULL,
    sending_ip         TEXT,
    mx_host            TEXT,
    mx_helo            TEXT,
    receiving_ip       TEXT,
    failure_reason     TEXT,
    more_information   TEXT,
    PRIMARY KEY (policy_domain, day, report_key, ordinal, detail)
) {clustered} {by month};
