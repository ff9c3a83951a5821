-- usage_day takes another shape in the next migrations; nothing is inserted while they run.
DROP VIEW IF EXISTS usage_day_view SYNC
