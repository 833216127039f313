"""``dateline explain``: why a row is there, told from the text and the rules."""

from collections.abc import Iterator
from typing import Any

from flows.coding import load_extractor
from flows.console import UsageError
from flows.settings import Settings
from transforms.extract.explain import Explanation, explain_mention
from warehouse.errors import UnknownIdError
from warehouse.lookup import lookup_event, lookup_mention
from warehouse.paths import Warehouse

MOST_MENTIONS = 10
"""Mentions of an event that are explained; the others are listed by id."""

Row = dict[str, Any]


def explain_id(id_: str, settings: Settings) -> Iterator[str]:
    """Yield the lines that explain a mention, or an event and its mentions.

    Raises ``UsageError`` for an id that neither has, ``WarehouseError`` where there is no warehouse.
    """
    warehouse = Warehouse.open(settings.warehouse)
    found = find(warehouse, id_)
    mentions = found.get("mentions", [found])
    if "mentions" in found:
        yield from event_lines(found["event"])
    extractor = load_extractor(settings.model, settings.actors)
    for mention in mentions[:MOST_MENTIONS]:
        explanation = explain_mention(mention["article"], mention["mention"], extractor)
        yield from mention_lines(mention, explanation)
    for mention in mentions[MOST_MENTIONS:]:
        yield f"also: mention {mention['mention']['event_mention_id']}"


def find(warehouse: Warehouse, id_: str) -> Row:
    """Look ``id_`` up as a mention, then as an event."""
    messages = []
    for lookup in (lookup_mention, lookup_event):
        try:
            return lookup(warehouse, id_)
        except UnknownIdError as error:
            messages.append(str(error))
    raise UsageError("; ".join(messages))


def event_lines(event: Row) -> Iterator[str]:
    """Say what an event is, all its mentions together."""
    parties = f"{event['actor_name'] or '?'} → {event['recipient_name'] or '?'}"
    told = f"{event['n_mentions']} mentions in {event['n_articles']} articles"
    yield f"EVENT {event['event_id']}"
    where = event["place_name"] or "no place"
    yield f"  {event['event_type']}, {event['status']}, {event['date_start'] or 'no date'}, {where}"
    yield f"  {parties}; {told}"
    yield ""


def mention_lines(found: Row, explanation: Explanation) -> Iterator[str]:
    """Lay out one mention: what was coded, then from which words and by which rule."""
    mention, article = found["mention"], found["article"]
    kind = "/".join(part for part in (mention["event_type"], mention["mode"]) if part)
    yield f"MENTION {mention['event_mention_id']}"
    yield f"  {kind}, {mention['status']}, confidence {mention['confidence']:.2f}"
    source = f" ({article['source']})" if article["source"] else ""
    yield f"  in {article['title'] or 'an article without title'}{source}"
    yield ""
    yield f"  {mark_trigger(explanation, mention)}"
    yield (
        f"  characters {explanation.start}-{explanation.start + len(explanation.sentence)} of article "
        f"{article['article_id']}; trigger {mention['trigger_start']}-{mention['trigger_end']}"
    )
    yield ""
    for participant in found["participants"]:
        yield f"  {participant['role']:<10} {describe_party(participant)}"
    yield f"  {'date':<10} {describe_date(mention)}"
    yield f"  {'place':<10} {describe_place(mention)}"
    yield f"  {'event':<10} {describe_link(found['link'])}"
    yield ""
    yield from block("rule", [f"{name}: {value}" for name, value in explanation.rule.items()])
    yield from block("how it was found", explanation.found)
    yield from block("confidence", explanation.signs)
    yield from block("not coded in this sentence", explanation.rejected)


def block(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}"
        for line in lines:
            yield f"    {line}"
        yield ""


def mark_trigger(explanation: Explanation, mention: Row) -> str:
    """Set the trigger off in its sentence: ``Rebels »stormed« two towns``."""
    start = mention["trigger_start"] - explanation.start
    end = mention["trigger_end"] - explanation.start
    text = explanation.sentence
    return f"{text[:start]}»{text[start:end]}«{text[end:]}"


def describe_party(party: Row) -> str:
    codes = [party[name] for name in ("name", "country_code", "sector", "actor_id") if party[name]]
    return f"“{party['text']}” [{party['start_char']}-{party['end_char']}]" + (f": {', '.join(codes)}" if codes else "")


def describe_date(mention: Row) -> str:
    if mention["date_start"] is None:
        return "none"
    words = f" “{mention['date_text']}”" if mention["date_text"] else ""
    until = f" to {mention['date_end']}" if mention["date_end"] != mention["date_start"] else ""
    return f"{mention['date_start']}{until} ({mention['date_precision']}), from the {mention['date_source']}{words}"


def describe_link(link: Row) -> str:
    """Say to which event a mention belongs and why: ``seeds/joining`` has the words and their weights."""
    if link["compared_with"] is None:
        return f"{link['event_id']} ({link['reason']})"
    return f"{link['event_id']}, score {link['score']:g} with mention {link['compared_with']}: {link['reason']}"


def describe_place(mention: Row) -> str:
    if mention["place_text"] is None:
        return "none"
    name = mention["place_name"]
    coordinates = f" {mention['latitude']:.2f}, {mention['longitude']:.2f}" if mention["latitude"] is not None else ""
    resolved = f": {name}, {mention['country_code']}{coordinates}" if name else ": not resolved"
    return f"“{mention['place_text']}”{resolved}"
