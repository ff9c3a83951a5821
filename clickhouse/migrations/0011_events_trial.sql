-- Takes any row that events takes and keeps none: where a batch is refused, its bad rows are found here, without a
-- trace in events or the rollups.
CREATE TABLE IF NOT EXISTS events_trial AS events
ENGINE = Null
