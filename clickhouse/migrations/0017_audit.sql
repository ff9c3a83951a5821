-- audit: who changed what, when and from where. A row is written again when nobody knows whether it was stored, so that of
-- rows with the same at and id one counts.
--
-- id                                 tells entries of the same instant apart, in the order in which they were made.
-- actor_key_id, actor_account_id     who called; empty where no valid key did.
-- address                            the client's, without port; empty for the service itself.
-- target, account_id                 what was changed, and the account it belongs to; empty where there is none.
-- details                            a JSON object. No secret is in it.
CREATE TABLE IF NOT EXISTS audit
(
    at DateTime64(3, 'UTC'),
    id String,
    action LowCardinality(String),
    actor_key_id String,
    actor_account_id String,
    address String,
    target String,
    account_id String,
    details String
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (at, id)
TTL toDateTime(at) + toIntervalDay(400)
SETTINGS
    ttl_only_drop_parts = 1,
    fsync_after_insert = 1,
    fsync_part_directory = 1
