-- One round of choosing leaders; see clusters.
CREATE OR REPLACE TEMP TABLE new_followers AS
SELECT DISTINCT lower, lower_content
FROM edges
WHERE upper NOT IN (SELECT lower FROM edges);

INSERT INTO followers SELECT lower_content FROM new_followers;

CREATE OR REPLACE TEMP TABLE edges AS
SELECT *
FROM edges
WHERE upper IN (SELECT lower FROM edges)
    AND upper NOT IN (SELECT lower FROM new_followers)
    AND lower NOT IN (SELECT lower FROM new_followers);
