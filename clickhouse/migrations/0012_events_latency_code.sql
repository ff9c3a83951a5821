-- The latency on a logarithmic scale, for the percentile states of the rollups. Whole microseconds below 153 are kept as
-- they are; above, a step is 1/153 of the value, so that the middle of a step is at most 0.33 % off. quantilesTiming
-- counts each value below 1,024 and every sixteenth up to 30,000: steps from 1,024 on are put 16 apart.
ALTER TABLE events
    ADD COLUMN IF NOT EXISTS latency_code UInt16 MATERIALIZED toUInt16(
        least(if(latency_us < 153, latency_us, floor(153 + 153 * log(latency_us / 153))), 1024)
        + 16 * greatest(if(latency_us < 153, latency_us, floor(153 + 153 * log(latency_us / 153))) - 1023, 0)
    )
