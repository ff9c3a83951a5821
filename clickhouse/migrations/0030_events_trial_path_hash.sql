-- events_trial takes any row that events takes.
ALTER TABLE events_trial ADD COLUMN IF NOT EXISTS path_hash UInt64
