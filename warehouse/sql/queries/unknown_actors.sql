-- Named parties of which nothing is known, the most frequent first: no actor, no country, no sector.
WITH parties AS (
    SELECT
        coalesce(participants.name, participants.text) AS actor,
        event_mentions.event_mention_id,
        event_mentions.article_id,
        event_mentions.sentence_id
    FROM participants
    JOIN event_mentions USING (event_mention_id)
    JOIN entities
        ON entities.sentence_id = event_mentions.sentence_id
        AND entities.start_char < participants.end_char
        AND participants.start_char < entities.end_char
    WHERE participants.actor_id IS NULL
        AND participants.country_code IS NULL
        AND participants.sector IS NULL
        AND entities.label IN ('PERSON', 'ORG', 'NORP')
)

SELECT
    actor,
    count(DISTINCT event_mention_id) AS mentions,
    count(DISTINCT parties.article_id) AS articles,
    min(sentences.text) AS example
FROM parties
JOIN sentences USING (sentence_id)
GROUP BY actor
ORDER BY mentions DESC, actor
LIMIT ?
