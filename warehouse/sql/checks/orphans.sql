-- severity: error
-- Rows whose article, sentence or mention is not there.
SELECT 'sentences' AS table_name, sentence.sentence_id AS row_id, 'article_id' AS missing
FROM sentences AS sentence
ANTI JOIN articles AS article ON sentence.article_id = article.article_id
UNION ALL
SELECT 'entities', entity.entity_id, 'sentence_id'
FROM entities AS entity
ANTI JOIN sentences AS sentence
    ON entity.sentence_id = sentence.sentence_id AND entity.article_id = sentence.article_id
UNION ALL
SELECT 'event_mentions', mention.event_mention_id, 'sentence_id'
FROM event_mentions AS mention
ANTI JOIN sentences AS sentence
    ON mention.sentence_id = sentence.sentence_id AND mention.article_id = sentence.article_id
UNION ALL
SELECT 'participants', participant.event_mention_id, 'event_mention_id'
FROM participants AS participant
ANTI JOIN event_mentions AS mention ON participant.event_mention_id = mention.event_mention_id
