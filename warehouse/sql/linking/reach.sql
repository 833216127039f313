-- One step of spreading the least number along fitting pairs; when nothing changes any more, what has one number is one
-- component: nothing that happens outside it can change how its mentions are joined.
CREATE OR REPLACE TEMP TABLE reached AS
SELECT label.content, least(label.component, coalesce(min(neighbour.component), label.component)) AS component
FROM labels AS label
LEFT JOIN (
    SELECT one AS content, other AS next_to FROM fits
    UNION ALL
    SELECT other, one FROM fits
) AS pair ON label.content = pair.content
LEFT JOIN labels AS neighbour ON pair.next_to = neighbour.content
GROUP BY label.content, label.component;
