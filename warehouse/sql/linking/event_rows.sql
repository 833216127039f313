-- One row for each mention that was joined, with names instead of ids: who did what to whom, where, when, and the words that say
-- so. It is put together once, when the mention comes: to do so at each question would read all of four tables.
WITH named AS (
    SELECT
        event_mention_id,
        string_agg(coalesce(name, text), '; ' ORDER BY position) FILTER (WHERE role = 'actor') AS actors,
        string_agg(coalesce(name, text), '; ' ORDER BY position) FILTER (WHERE role = 'recipient') AS recipients
    FROM new_participants
    GROUP BY event_mention_id
),

made AS (
    SELECT
        mention.event_mention_id,
        mention.date_start AS event_date,
        mention.event_type,
        mention.mode,
        mention.status,
        named.actors,
        named.recipients,
        coalesce(mention.place_name, mention.place_text) AS place,
        mention.country_code,
        mention.killed,
        mention.injured,
        mention.detained,
        mention.trigger_text,
        sentence.text AS sentence,
        article.title,
        article.source,
        article.url,
        article.published_at,
        mention.article_id,
        mention.rule_id,
        mention.confidence,
        mention.date_precision,
        mention.date_source,
        mention.geoname_id
    FROM new_mentions AS mention
    LEFT JOIN named ON mention.event_mention_id = named.event_mention_id
    LEFT JOIN new_sentences AS sentence ON mention.sentence_id = sentence.sentence_id
    LEFT JOIN new_articles AS article ON mention.article_id = article.article_id
    WHERE mention.owner IN (FROM told_owners)
)

SELECT told.* EXCLUDE (event_id), link.event_id
FROM (
    SELECT *, NULL AS event_id FROM made
    UNION ALL BY NAME
    FROM taken_event_rows
) AS told
INNER JOIN links AS link ON told.event_mention_id = link.event_mention_id
