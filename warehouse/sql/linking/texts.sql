-- What search finds: the sentences of new codings, and of new articles the titles, and the texts where they are not coded.
-- One number, that no other text ever gets, leads from a word to its text: DuckDB looks for one column while it reads, and for
-- two only after it has read everything.
WITH told AS (
    SELECT owner, article_id, sentence_id, start_char AS place, text FROM new_sentences
    UNION ALL
    SELECT owner, article_id, NULL, -1, title FROM new_articles WHERE title IS NOT NULL AND owner IS NOT NULL
    UNION ALL
    SELECT owner, article_id, NULL, 0, text FROM new_articles WHERE "language" != 'en' AND owner IS NOT NULL
)

SELECT
    owner,
    first_number + row_number() OVER (ORDER BY owner, article_id, place) AS number,
    article_id,
    sentence_id,
    text,
    word_stems(text) AS stems,
    len(stems)::INTEGER AS n_words
FROM told
CROSS JOIN numbering
