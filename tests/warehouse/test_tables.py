from dataclasses import fields

import pyarrow as pa
import pytest

from transforms import records
from warehouse.declared import DECLARED
from warehouse.marts import MART_TABLES, WAREHOUSE_META
from warehouse.tables import TABLES, arrow_schema

RECORDS = {
    "articles": records.Article,
    "rejects": records.Reject,
    "sentences": records.Sentence,
    "entities": records.Entity,
    "event_mentions": records.EventMention,
    "participants": records.Participant,
    "mention_changes": records.MentionChange,
}
CONTRACT = {
    "articles": "article_id external_id source url title authors language published_at published_at_precision "
    "retrieved_at text word_count content_hash duplicate_of raw_path",
    "sentences": "sentence_id article_id position start_char end_char text",
    "entities": "entity_id article_id sentence_id label text start_char end_char name country_code sector geoname_id "
    "latitude longitude",
    "event_mentions": "event_mention_id event_id article_id sentence_id event_type mode plover_type quad_class "
    "intensity cameo_root acled_type acled_sub_type contexts status attributed_to trigger_text trigger_start "
    "trigger_end date_start date_end date_precision date_source date_text place_text place_name geoname_id "
    "latitude longitude admin1 country_code place_precision place_source killed injured detained confidence "
    "rule_id extractor_version",
    "participants": "event_mention_id role position text start_char end_char name actor_id country_code sector",
    "rejects": "reject_id source stage reason detail raw_path seen_at",
}


@pytest.mark.parametrize("name", TABLES)
def test_records_and_tables_have_the_same_fields(name):
    assert [field.name for field in fields(RECORDS[name])] == [column.name for column in TABLES[name].stored]


@pytest.mark.parametrize("name", TABLES)
def test_a_record_field_is_nullable_as_its_column_is(name):
    optional = {field.name for field in fields(RECORDS[name]) if "None" in str(field.type)}
    assert optional == {column.name for column in TABLES[name].stored if column.nullable}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_of_the_contract_come_first(name):
    promised = CONTRACT[name].split()
    assert [column.name for column in TABLES[name].columns][: len(promised)] == promised


@pytest.mark.parametrize("table", DECLARED.values())
def test_declarations_are_complete(table):
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert table.description.endswith(".")
    assert all(column.description.endswith((".", "...")) for column in table.columns)


@pytest.mark.parametrize("table", [*TABLES.values(), *MART_TABLES.values(), WAREHOUSE_META])
def test_tables_have_keys_that_are_never_null(table):
    assert table.keys
    assert not any(table[name].nullable for name in table.keys)


def test_times_are_utc_and_required_columns_required():
    schema = arrow_schema(TABLES["articles"])
    assert schema.field("published_at").type == pa.timestamp("us", tz="UTC")
    assert schema.field("published_at").nullable
    assert not schema.field("text").nullable


def test_comment_names_unit_and_values():
    assert TABLES["event_mentions"]["latitude"].comment.endswith("Unit: degrees north, WGS 84.")
    assert "asserted, negated" in TABLES["event_mentions"]["status"].comment


def test_an_unknown_column_is_named():
    with pytest.raises(KeyError, match="articles has no column colour"):
        TABLES["articles"]["colour"]
