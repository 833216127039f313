-- Which words the texts have, and how often.
SELECT term, owner, number, count(*)::INTEGER AS n_times, any_value(n_words) AS n_words
FROM (SELECT owner, number, n_words, unnest(stems) AS term FROM texts)
GROUP BY term, owner, number
