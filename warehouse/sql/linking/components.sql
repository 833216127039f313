-- Everything that was joined, with the component that it belongs to under a number that no other has.
-- In the order of the numbers, which follow the days, so that a look at some days does not read the rest.
CREATE OR REPLACE TEMP VIEW numbered AS
SELECT
    content.content_id,
    label.content,
    cluster.event_id,
    label.component + first_number AS component
FROM labels AS label
INNER JOIN contents AS content ON label.content = content.content
INNER JOIN named_clusters AS cluster ON label.content = cluster.content
CROSS JOIN numbering;

CREATE OR REPLACE TEMP VIEW event_components AS
SELECT event_id, any_value(component) AS component FROM numbered GROUP BY event_id;

CREATE OR REPLACE TEMP VIEW kept_tellings AS
SELECT telling.*, numbered.component FROM tellings AS telling INNER JOIN numbered USING (content_id) ORDER BY component;

CREATE OR REPLACE TEMP VIEW kept_blocks AS
SELECT block.key, block.is_day, block.first_day, block.look_from, block.look_to, numbered.component
FROM blocks AS block
INNER JOIN numbered USING (content)
ORDER BY component;

CREATE OR REPLACE TEMP VIEW kept_event_links AS
SELECT link.*, event_components.component AS owner
FROM links AS link
INNER JOIN event_components USING (event_id);

CREATE OR REPLACE TEMP VIEW kept_merged_events AS
SELECT merged.*, event_components.component AS owner FROM merged INNER JOIN event_components USING (event_id);

CREATE OR REPLACE TEMP VIEW kept_events AS
SELECT event.*, event_components.component AS owner FROM events AS event INNER JOIN event_components USING (event_id);

CREATE OR REPLACE TEMP VIEW kept_contested_events AS
SELECT contested.*, event_components.component AS owner
FROM contested_events AS contested
INNER JOIN event_components USING (event_id);

CREATE OR REPLACE TEMP VIEW kept_actor_timeline AS
SELECT timeline.*, event_components.component AS owner
FROM actor_timeline AS timeline
INNER JOIN event_components USING (event_id);

CREATE OR REPLACE TEMP VIEW kept_event_mentions AS
SELECT mention.*, event_components.component AS owner
FROM event_mentions AS mention
INNER JOIN event_components USING (event_id);

CREATE OR REPLACE TEMP VIEW kept_event_rows AS
SELECT told.*, event_components.component AS owner FROM event_rows AS told INNER JOIN event_components USING (event_id);

CREATE OR REPLACE TEMP VIEW kept_texts AS FROM texts;

CREATE OR REPLACE TEMP VIEW kept_postings AS FROM postings;
