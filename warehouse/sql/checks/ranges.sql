-- severity: error
-- Mentions with figures that cannot be.
SELECT event_mention_id, date_start, date_end, latitude, longitude, killed, injured, detained, confidence, intensity
FROM event_mentions
WHERE date_end < date_start
    OR latitude NOT BETWEEN -90 AND 90
    OR longitude NOT BETWEEN -180 AND 180
    OR least(killed, injured, detained) < 0
    OR confidence NOT BETWEEN 0 AND 1
    OR intensity NOT BETWEEN -10 AND 10
