-- Events at places that were resolved. A country's events are placed at the country: ask for admin1 IS NOT NULL to leave
-- them out.
SELECT
    geoname_id,
    place_name,
    admin1,
    country_code,
    latitude,
    longitude,
    date_start AS event_date,
    date_precision,
    event_type,
    mode,
    status,
    actor_name,
    recipient_name,
    killed_best,
    injured_best,
    n_sources,
    event_id
FROM events
WHERE geoname_id IS NOT NULL
