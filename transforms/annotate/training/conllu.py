"""Reads CoNLL-U treebanks into paragraph-like spaCy Docs with gold annotation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import cast

from spacy.tokens import Doc
from spacy.vocab import Vocab

from transforms.annotate.training.files import open_text

MAX_SENTENCES = 10
FINAL_MARKS = frozenset(".?!”\"')")


class CorpusError(ValueError):
    """A corpus file does not hold what its format says; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; ``head`` is the index within the sentence, its own for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    space_after: bool


@dataclass(slots=True)
class TreebankSentence:
    sent_id: str
    document: str
    opens_paragraph: bool
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(word.form + " " * word.space_after for word in self.words).strip()


def read_conllu(path: Path) -> Iterator[TreebankSentence]:
    """Yield the sentences of a CoNLL-U file (plain or .gz) in order.

    Words of a multi-word token ("don't") come as syntactic words without space between them; empty nodes are left out.
    Raises ``CorpusError`` with file and line.
    """
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    document, opens = "", True
    with open_text(path) as lines:
        for number, line in enumerate(lines, start=1):
            stripped = line.rstrip("\n")
            if stripped.startswith("# newdoc"):
                document, opens = stripped.partition("=")[2].strip(), True
            elif stripped.startswith("# newpar"):
                opens = True
            elif stripped.startswith("#"):
                key, _, value = stripped[1:].partition("=")
                comments[key.strip()] = value.strip()
            elif stripped:
                cells = stripped.split("\t")
                if len(cells) != 10:  # noqa: PLR2004 - the format's ten columns
                    raise CorpusError(f"{path}, line {number}: {len(cells)} columns where CoNLL-U has 10")
                rows.append(cells)
            elif rows:
                yield _sentence(rows, sent_id=comments.get("sent_id", ""), document=document, opens=opens)
                opens, comments, rows = False, {}, []
    if rows:
        yield _sentence(rows, sent_id=comments.get("sent_id", ""), document=document, opens=opens)


def _sentence(rows: list[list[str]], *, sent_id: str, document: str, opens: bool) -> TreebankSentence:
    sentence = TreebankSentence(sent_id, document, opens)
    spaced = _spaces(rows)
    for cells in rows:
        if not cells[0].isdigit():
            continue
        position, head = int(cells[0]) - 1, int(cells[6]) - 1
        dep = "ROOT" if cells[7] == "root" else cells[7]
        sentence.words.append(
            Word(
                form=cells[1],
                lemma="" if cells[2] == "_" and cells[1] != "_" else cells[2],
                upos=cells[3],
                xpos="" if cells[4] in {"_", cells[3]} else cells[4],
                feats="" if cells[5] == "_" else cells[5],
                head=position if head < 0 else head,
                dep=dep,
                space_after=spaced[position],
            )
        )
    return sentence


def _misc(cell: str, key: str) -> str:
    for item in cell.split("|"):
        name, _, value = item.partition("=")
        if name == key:
            return value
    return ""


def _spaces(rows: list[list[str]]) -> dict[int, bool]:
    """Whether a space follows each word: inside a multi-word token none does, after it as its own line says."""
    spaced: dict[int, bool] = {}
    inside: dict[int, bool] = {}
    for cells in rows:
        after = _misc(cells[9], "SpaceAfter") != "No"
        if "-" in cells[0]:
            first, last = (int(part) - 1 for part in cells[0].split("-"))
            inside.update(dict.fromkeys(range(first, last), False))
            inside[last] = after
        elif cells[0].isdigit():
            position = int(cells[0]) - 1
            spaced[position] = inside.get(position, after)
    return spaced


def group_paragraphs(sentences: Iterator[TreebankSentence]) -> Iterator[list[TreebankSentence]]:
    """Group sentences into paragraph-like runs of at most ``MAX_SENTENCES``.

    A paragraph of one finished sentence goes on into the next paragraph of its document, for otherwise the many
    one-sentence paragraphs would teach that a text's end is what ends a sentence.
    """
    group: list[TreebankSentence] = []
    for sentence in sentences:
        if group and _parts(group, sentence):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _parts(group: list[TreebankSentence], sentence: TreebankSentence) -> bool:
    if sentence.document != group[-1].document or len(group) >= MAX_SENTENCES:
        return True
    finished = group[-1].words[-1].form[-1] in FINAL_MARKS
    return sentence.opens_paragraph and (len(group) > 1 or not finished)


def make_doc(vocab: Vocab, group: list[TreebankSentence], *, entities: Sequence[str | None] | None = None) -> Doc:
    """Build the gold Doc of a paragraph; without ``entities``, one mark a word, they are missing, not absent."""
    words = [word for sentence in group for word in sentence.words]
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for sentence in group:
        offset = len(heads)
        heads.extend(offset + word.head for word in sentence.words)
        starts.extend(index == 0 for index in range(len(sentence.words)))
    spaces = [word.space_after for word in words]
    _open_sentence_gaps(group, spaces)
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=spaces,
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.dep for word in words],
        sent_starts=starts,
        ents=cast("list[str] | None", entities),
    )


def _open_sentence_gaps(group: list[TreebankSentence], spaces: list[bool]) -> None:
    """Where paragraphs are put together their gap becomes a space; the last word has none after it."""
    end = 0
    for sentence, following in pairwise(group):
        end += len(sentence.words)
        spaces[end - 1] = spaces[end - 1] or following.opens_paragraph
    spaces[-1] = False
