-- Titles and sentences that have all of these words in any inflection, the best first by BM25. Articles that were not coded are
-- found by their whole text; they and titles have no sentence_id.
CREATE MACRO search(words, at_most := 100) AS TABLE
WITH wanted AS (
    SELECT DISTINCT unnest(word_stems(words)) AS term
),

found AS (
    SELECT * FROM stored.postings WHERE term IN (SELECT term FROM wanted)
),

texts AS (
    SELECT count(*) AS n_texts, avg(n_words) AS mean_words FROM stored.texts
),

rarity AS (
    SELECT term, ln(1 + (any_value(n_texts) - count(*) + 0.5) / (count(*) + 0.5)) AS weight
    FROM found
    CROSS JOIN texts
    GROUP BY term
),

scored AS (
    SELECT
        found.number,
        sum(weight * 2.2 * n_times / (n_times + 1.2 * (0.25 + 0.75 * n_words / mean_words))) AS score
    FROM found
    INNER JOIN rarity ON found.term = rarity.term
    CROSS JOIN texts
    GROUP BY found.number
    HAVING count(*) = (SELECT count(*) FROM wanted)
),

best AS (
    SELECT * FROM scored ORDER BY score DESC, number LIMIT at_most
)

SELECT round(best.score, 3) AS score, told.article_id, told.sentence_id, told.text
FROM best
INNER JOIN stored.texts AS told ON best.number = told.number
ORDER BY best.score DESC, told.article_id, told.sentence_id
