-- One row for each mention, with names instead of ids: who did what to whom, where, when, and the words that say so.
WITH named AS (
    SELECT
        event_mention_id,
        string_agg(coalesce(name, text), '; ' ORDER BY position) FILTER (WHERE role = 'actor') AS actors,
        string_agg(coalesce(name, text), '; ' ORDER BY position) FILTER (WHERE role = 'recipient') AS recipients
    FROM participants
    GROUP BY event_mention_id
)

SELECT
    mention.event_mention_id,
    mention.event_id,
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
    mention.confidence
FROM event_mentions AS mention
LEFT JOIN named ON mention.event_mention_id = named.event_mention_id
LEFT JOIN sentences AS sentence ON mention.sentence_id = sentence.sentence_id
LEFT JOIN articles AS article ON mention.article_id = article.article_id
