-- A payload that is rejected again by a later run, or by the next version of the extractor, is one reject.
SELECT DISTINCT ON (reject_id) *
FROM stored.rejects
ORDER BY reject_id, seen_at, reason, detail, source, raw_path
