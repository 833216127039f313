"""Mentions whose event type somebody judged, and the texts that they stand in.

``seeds/training/judged_mentions.csv`` holds the judgements; texts are sample articles of the project, or stand in the
corpora that the language model is trained on and are read from there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import seeds
from seeds import SeedError, read_table
from transforms.annotate.document import ArticleToCode
from transforms.annotate.training.conllu import TreebankSentence, read_conllu
from transforms.annotate.training.gmb import read_gmb
from transforms.annotate.training.tagged import passage
from transforms.clean import clean_article, clean_text
from transforms.ids import content_id
from transforms.read import expand, read_path
from transforms.records import RawArticle

TABLE = "training/judged_mentions"
SAMPLES, NEWSWIRE = "samples", "gmb"
TREEBANKS = {"ud_ewt": "ud_ewt/train.conllu.gz", "ud_gum": "ud_gum_open/train.conllu.gz"}
NEWSWIRE_FILE = "ner_gmb/ner_dataset.csv.gz"
PASSAGE = 12
"""Sentences of newswire that are read together; its document is told by the number of the first."""

Text = tuple[str, str]
"""Corpus and document."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an event of the type is told of at this place; ``trigger_start`` counts characters of the text."""

    corpus: str
    document: str
    trigger_start: int
    event_type: str
    is_right: bool

    @property
    def text(self) -> Text:
        return self.corpus, self.document


def read_judgements() -> list[Judgement]:
    """All judgements. Raises ``SeedError`` that names the row."""
    judgements = []
    for row in read_table(TABLE):
        if row["is_right"] not in {"yes", "no"} or not row["trigger_start"].isdigit():
            raise SeedError(f"seeds/{TABLE}.csv: {row} needs a number as trigger_start, and yes or no as is_right")
        judgements.append(
            Judgement(
                row["corpus"], row["document"], int(row["trigger_start"]), row["event_type"], row["is_right"] == "yes"
            )
        )
    return judgements


def read_texts(wanted: Collection[Text], corpora: Path | None) -> Iterator[tuple[Text, ArticleToCode]]:
    """Yield the texts of ``wanted``; without ``corpora``, the folder of them all, only those of sample articles."""
    for document, article in dict(_samples()).items():
        if (SAMPLES, document) in wanted:
            yield (SAMPLES, document), article
    if corpora is None:
        return
    for corpus, file in TREEBANKS.items():
        for document, sentences in groupby(read_conllu(corpora / file), key=lambda sentence: sentence.document):
            if (corpus, document) in wanted:
                yield (corpus, document), _to_code(corpus, document, _paragraphs(sentences))
    newswire = read_gmb(corpora / NEWSWIRE_FILE)
    for corpus, document in sorted(wanted):
        if corpus == NEWSWIRE:
            together = newswire[int(document) : int(document) + PASSAGE]
            text = " ".join(passage(NEWSWIRE, [sentence]).text for sentence in together)
            yield (corpus, document), _to_code(corpus, document, text)


def _samples() -> Iterator[tuple[str, ArticleToCode]]:
    for path in expand([str(seeds.ARTICLES)]):
        for raw in read_path(Path(path)):
            cleaned = clean_article(raw, raw_path=None).article if isinstance(raw, RawArticle) else None
            if cleaned is not None:
                to_code = ArticleToCode(cleaned.article_id, cleaned.text, cleaned.retrieved_at, cleaned.published_at)
                yield cleaned.external_id or cleaned.title or cleaned.article_id, to_code


def _paragraphs(sentences: Iterator[TreebankSentence]) -> str:
    text = ""
    for sentence in sentences:
        text += ("\n" if sentence.opens_paragraph else " ") + sentence.text
    return text


def _to_code(corpus: str, document: str, text: str) -> ArticleToCode:
    return ArticleToCode(content_id("article", corpus, document), clean_text(text), datetime.now(UTC))
