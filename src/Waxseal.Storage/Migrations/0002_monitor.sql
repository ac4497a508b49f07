-- What looks at the monitored policy domains showed. The policy domain begins each key that grows.
-- Times are milliseconds since 1970 in UTC.

-- When each policy domain is due, and who looks at it now: a process that is killed holds it until its time is over.
CREATE TABLE monitored_domain (
    policy_domain TEXT   NOT NULL PRIMARY KEY,
    next_look_at  BIGINT NOT NULL,
    lease_owner   TEXT   NOT NULL,   -- empty when nobody looks
    lease_until   BIGINT NOT NULL
);

CREATE TABLE look (
    policy_domain TEXT    NOT NULL,
    looked_at     BIGINT  NOT NULL,
    elapsed_ms    BIGINT  NOT NULL,
    standing      TEXT    NOT NULL,   -- healthy, without-policy, flawed, broken, unknown
    errors        INTEGER NOT NULL,
    warnings      INTEGER NOT NULL,
    headline      TEXT    NOT NULL,
    omitted       TEXT    NOT NULL,   -- JSON: what could not be looked at
    summary       TEXT    NOT NULL,   -- JSON: what it says about causes, for waxseal explain
    PRIMARY KEY (policy_domain, looked_at)
) {clustered};

-- Findings and facts, as one entry of what waxseal check --json writes, gzip.
CREATE TABLE look_document (
    policy_domain TEXT    NOT NULL,
    looked_at     BIGINT  NOT NULL,
    document      {bytes} NOT NULL,
    PRIMARY KEY (policy_domain, looked_at)
);

-- What was there, and from when to when it was seen. Two rows of one kind and subject in the order of time are a change.
CREATE TABLE observed_value (
    policy_domain TEXT    NOT NULL,
    kind          TEXT    NOT NULL,   -- sts-record, policy, addresses, mx, certificates, tlsa, tls-rpt-record, signing, ttl, negative-ttl, serial
    subject       TEXT    NOT NULL,
    first_seen    BIGINT  NOT NULL,
    last_seen     BIGINT  NOT NULL,
    is_current    INTEGER NOT NULL,   -- 1: nothing else was seen since
    value         TEXT,               -- null: nothing was there
    PRIMARY KEY (policy_domain, kind, subject, first_seen)
) {clustered};

CREATE INDEX observed_value_now ON observed_value (policy_domain, is_current);

CREATE TABLE observed_certificate (
    policy_domain TEXT   NOT NULL,
    host          TEXT   NOT NULL,
    fingerprint   TEXT   NOT NULL,   -- SHA-256
    key_digest    TEXT   NOT NULL,   -- SHA-256 of the public key
    not_before    BIGINT NOT NULL,
    not_after     BIGINT NOT NULL,
    issuer        TEXT   NOT NULL,
    names         TEXT   NOT NULL,   -- JSON
    first_seen    BIGINT NOT NULL,
    last_seen     BIGINT NOT NULL,
    PRIMARY KEY (policy_domain, host, fingerprint)
) {clustered};
