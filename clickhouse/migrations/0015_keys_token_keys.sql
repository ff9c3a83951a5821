-- keys: what the share tokens of a key are verified with: an Ed25519 public key in base64url, made from the secret. The
-- previous one goes with previous_secret_hash. Nothing that signs a token is stored.
ALTER TABLE keys
    ADD COLUMN IF NOT EXISTS token_key String AFTER configured_secret_hash,
    ADD COLUMN IF NOT EXISTS previous_token_key String AFTER token_key
