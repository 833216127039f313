-- The words of a text as search compares them: lower case, without accents and without the endings of English inflection.
CREATE MACRO word_stems(words) AS list_transform(
    regexp_extract_all(lower(strip_accents(words)), '[\p{L}\p{N}]+'),
    lambda word: regexp_replace(word, '^(.{3,}?)(ing|ed|es|s|e)$', '\1')
)
