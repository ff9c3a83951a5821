-- events_trial: takes any row that events takes and stores none. Where a batch is refused, its bad rows are found by
-- inserting its parts here, without a trace in events or the rollups.
CREATE TABLE IF NOT EXISTS events_trial AS events
ENGINE = Null
