-- path_hash: 64 bits of a hash of the path as it was sent, without its query; 0 where PATH_HASHES is off or the event is
-- older. endpoint is a template: advice tells by the hash whether requests ask for one thing or for many.
ALTER TABLE events ADD COLUMN IF NOT EXISTS path_hash UInt64
