"""Which parties of a warehouse count as unknown."""

from dataclasses import replace

from tests.warehouse.conftest import Coded
from transforms.ids import content_id
from transforms.records import Entity
from warehouse import catalogue
from warehouse.paths import Warehouse
from warehouse.unknown_actors import unknown_actors


def test_named_parties_without_codes_are_listed_by_their_mentions(tmp_path):
    coded = Coded()
    article = coded.add_article("Blue Reef shelled Umi.\nThe Front bombed gunmen.\nPeru attacked Umi.")
    for trigger, actor, recipient in (
        ("shelled", "Blue Reef", "Umi"), ("bombed", "Front=Blue Reef", "gunmen"), ("attacked", "Peru", "Umi"),
    ):  # fmt: skip
        coded.tell(article, trigger, actors=(actor,), recipients=(recipient,))
    coded.participants = [
        replace(party, country_code="PER", sector="GOV") if party.text == "Peru" else party
        for party in coded.participants
    ]
    for sentence in coded.sentences:
        for name, label in (("Blue Reef", "ORG"), ("Front", "ORG"), ("Umi", "GPE"), ("Peru", "ORG")):
            if name in sentence.text:
                start = sentence.start_char + sentence.text.index(name)
                identity = content_id("entity", article.article_id, start, label)
                coded.entities.append(
                    Entity(
                        identity,
                        article.article_id,
                        sentence.sentence_id,
                        label,
                        name,
                        start,
                        start + len(name),
                        None,
                        None,
                        None,
                        None,
                        None,
                        None,
                    )
                )
    warehouse = Warehouse.create(tmp_path)
    coded.commit(warehouse, "b1")
    with warehouse.lock():
        catalogue.publish(warehouse)
    (row,) = unknown_actors(warehouse, 5).to_pylist()
    assert row == {"actor": "Blue Reef", "mentions": 2, "articles": 1, "example": "Blue Reef shelled Umi."}
