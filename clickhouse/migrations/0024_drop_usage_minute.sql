-- traffic_minute and the raw events answer what it answered.
DROP TABLE IF EXISTS usage_minute SYNC
