-- Who may see and do what: tenants, accounts, tokens for programs, and who is logged in.
-- Times are milliseconds since 1970 in UTC.

CREATE TABLE tenant (
    name       TEXT   NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);

-- Each policy domain stands for itself and all below it.
CREATE TABLE tenant_domain (
    tenant        TEXT NOT NULL,
    policy_domain TEXT NOT NULL,
    PRIMARY KEY (tenant, policy_domain)
);

CREATE TABLE account (
    name         TEXT    NOT NULL PRIMARY KEY,
    tenant       TEXT,               -- null for those who run the server
    role         TEXT    NOT NULL,   -- viewer, operator, owner
    password     TEXT    NOT NULL,   -- a salted digest with its parameters
    totp_secret  {bytes},            -- null when the password is enough
    totp_step    BIGINT  NOT NULL,   -- the step of the last code that was used; only later ones hold
    failures     INTEGER NOT NULL,   -- logins in a row that failed, those that are under way included
    locked_until BIGINT,             -- before this time nobody logs in
    created_at   BIGINT  NOT NULL,
    logged_in_at BIGINT
);

CREATE TABLE api_token (
    token_id      TEXT    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    tenant        TEXT,
    role          TEXT    NOT NULL,
    secret_digest {bytes} NOT NULL,  -- SHA-256
    created_at    BIGINT  NOT NULL,
    used_at       BIGINT,            -- to the hour
    expires_at    BIGINT
);

-- A browser that is logged in.
CREATE TABLE login (
    secret_digest {bytes} NOT NULL PRIMARY KEY,   -- SHA-256 of what the cookie holds
    account       TEXT    NOT NULL,
    form_secret   TEXT    NOT NULL,               -- what each of its forms must bring along
    created_at    BIGINT  NOT NULL,
    seen_at       BIGINT  NOT NULL,               -- to a few minutes
    expires_at    BIGINT  NOT NULL
);

CREATE INDEX login_by_account ON login (account);
