-- account_plans: which plan an account has from which instant on, one row a change; of the rows of an account the one with
-- the highest version counts. assignments is JSON: a list of {planId, from}, where from are epoch milliseconds and rise.
CREATE TABLE IF NOT EXISTS account_plans
(
    account_id String,
    version UInt64,
    assignments String
)
ENGINE = ReplacingMergeTree(version)
ORDER BY account_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
