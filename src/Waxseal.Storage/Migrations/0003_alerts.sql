-- Alerts: what is the matter, what was to be told of it, and to whom it was told.
-- Times are milliseconds since 1970 in UTC; days are numbers such as 20241107, in UTC.

CREATE TABLE alert (
    policy_domain TEXT    NOT NULL,   -- empty when it is about the intake of reports as a whole
    alert_id      TEXT    NOT NULL,   -- a digest of kind, policy domain, subject and the time it was raised
    kind          TEXT    NOT NULL,   -- new-failure, failure-share, all-reporters-failing, reporter-silent, intake-silent, certificate-expiring, policy-expiring
    subject       TEXT    NOT NULL,   -- what within the policy domain: a reporter, a reporter and a result type, a certificate
    state         TEXT    NOT NULL,   -- raised, sustained, cleared
    urgent        INTEGER NOT NULL,
    raised_at     BIGINT  NOT NULL,
    told_at       BIGINT  NOT NULL,   -- when the latest message about it was written
    calm_since    BIGINT,             -- since when nothing is the matter any more, while it is not cleared yet
    cleared_at    BIGINT,
    returns       INTEGER NOT NULL,   -- how often the same was raised and cleared shortly before
    PRIMARY KEY (policy_domain, alert_id)
);

-- The same is open once, however many processes find it.
CREATE UNIQUE INDEX alert_open ON alert (policy_domain, kind, subject) WHERE cleared_at IS NULL;
CREATE INDEX alert_by_subject ON alert (policy_domain, kind, subject, cleared_at);

-- What was to be told of an alert, in the words of then.
CREATE TABLE alert_event (
    policy_domain TEXT    NOT NULL,
    alert_id      TEXT    NOT NULL,
    ordinal       INTEGER NOT NULL,
    event         TEXT    NOT NULL,   -- raised, sustained, cleared
    at            BIGINT  NOT NULL,
    first_day     INTEGER,
    last_day      INTEGER,
    sessions      BIGINT  NOT NULL,
    failed        BIGINT  NOT NULL,
    title         TEXT    NOT NULL,
    in_short      TEXT    NOT NULL,
    remedy        TEXT    NOT NULL,
    details       TEXT    NOT NULL,
    PRIMARY KEY (policy_domain, alert_id, ordinal)
);

-- One message for each event and route. Who takes one up moves due_at on; who is killed meanwhile leaves it to the next.
CREATE TABLE alert_message (
    policy_domain TEXT    NOT NULL,
    alert_id      TEXT    NOT NULL,
    ordinal       INTEGER NOT NULL,
    route         TEXT    NOT NULL,
    state         TEXT    NOT NULL,   -- waiting, sent, given-up
    urgent        INTEGER NOT NULL,
    created_at    BIGINT  NOT NULL,
    due_at        BIGINT  NOT NULL,
    attempts      INTEGER NOT NULL,
    batch         TEXT,               -- those with which it was taken up, so that a digest that is sent again is the same
    answer        TEXT,               -- what the last attempt brought
    ended_at      BIGINT,             -- when it was sent or given up
    PRIMARY KEY (policy_domain, alert_id, ordinal, route)
);

CREATE INDEX alert_message_waiting ON alert_message (route, due_at) WHERE state = 'waiting';

-- Work that one process does for all.
CREATE TABLE alert_turn (
    work      TEXT   NOT NULL PRIMARY KEY,
    holder    TEXT   NOT NULL,
    ends_at   BIGINT NOT NULL,   -- after this time another may take it
    done_upto BIGINT NOT NULL    -- reports that came before this time were looked at
);

-- What came lately is asked for again and again.
CREATE INDEX report_by_arrival ON report (received_at);
