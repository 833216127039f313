"""Plain news from a country that does not exist: as many different articles as are asked for, the same each time.

python tests/faults/fiction.py 1000 > articles.jsonl
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

PLACES = ("Arvenhold", "Brackwater", "Cadmoor", "Dunmeril", "Estwick", "Farrowgate", "Gildenport", "Hallowmere")
FIGHTERS = ("rebels", "soldiers", "militiamen", "police officers", "guards", "fighters of the Reef Front")
CROWDS = ("dockers", "students", "teachers", "farmers", "nurses", "tram drivers", "pensioners", "weavers")
OFFICIALS = ("the mayor", "the interior minister", "the harbour master", "the governor", "the union's chairwoman")
CAUSES = ("fees", "wages", "the price of bread", "the curfew", "a new tax", "the closure of the hospital")
SENTENCES = (
    "Armed {fighters} attacked a checkpoint near {place} on {weekday}, killing {number} people, {official} said.",
    "About {hundreds} {crowd} marched through {place} on {weekday} to protest against {cause}.",
    "Police in {place} arrested {number} {crowd} after clashes near the town hall.",
    "{Official} met a delegation of {crowd} in {place} and promised to hold talks about {cause}.",
    "{Official} of {place} accused the {fighters} of shelling a school, which they denied.",
    "The {fighters} released {number} prisoners on {weekday} after a truce was signed in {place}.",
    "{Official} threatened to send troops to {place} if the {crowd} did not end their strike over {cause}.",
    "Aid agencies delivered {number} trucks of food to {place}, where {hundreds} families had fled the fighting.",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_DAY = date(2019, 3, 1)


def articles(number: int, *, sentences: int = 8) -> Iterator[dict[str, str]]:
    """Yield ``number`` articles as ``dateline run`` reads them, no two alike."""
    for position in range(number):
        draw = random.Random(position)
        place = draw.choice(PLACES)
        yield {
            "id": f"fiction-{position}",
            "title": f"Report {position} from {place}",
            "text": " ".join(sentence(draw, place) for _ in range(sentences)),
            "published_at": f"{FIRST_DAY + timedelta(days=position % 365)}T08:00:00Z",
            "url": f"https://news.example/{position}",
            "source": "The Gildenport Courier",
            "language": "en",
        }


def sentence(draw: random.Random, place: str) -> str:
    official = draw.choice(OFFICIALS)
    return draw.choice(SENTENCES).format(
        place=place if draw.random() < 0.7 else draw.choice(PLACES),
        fighters=draw.choice(FIGHTERS),
        crowd=draw.choice(CROWDS),
        official=official,
        Official=official.capitalize(),
        cause=draw.choice(CAUSES),
        weekday=draw.choice(WEEKDAYS),
        number=draw.randint(2, 90),
        hundreds=100 * draw.randint(2, 90),
    )


if __name__ == "__main__":
    for article in articles(int(sys.argv[1])):
        sys.stdout.write(json.dumps(article) + "\n")
