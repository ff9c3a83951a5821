-- account_limits: the limits that an admin set for an account, one row a change; of the rows of an account the one with
-- the highest version counts. limits is JSON: null is no limit, and a limit that is not in it is that of the tier.
CREATE TABLE IF NOT EXISTS account_limits
(
    account_id String,
    version UInt64,
    limits String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY account_id
