"""Makes the files to train and measure on out of the corpora."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from transforms.annotate.tokenizer import configure_tokenizer
from transforms.annotate.training import gmb, re3d
from transforms.annotate.training.conllu import TreebankSentence, group_paragraphs, make_doc, read_conllu
from transforms.annotate.training.corpora import corpus_folders
from transforms.annotate.training.entities import Annotator
from transforms.annotate.training.exclude import Exclusion
from transforms.annotate.training.labels import Names, Passage
from transforms.annotate.training.newswire import tag_documents
from transforms.annotate.training.tagged import TaggedSentence, passage, read_tagged

ATTRIBUTES = ("ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE")
SENTENCES_TOGETHER = 3
HELD_OUT_OF_TWENTY = {0: "test", 1: "dev"}
COMMON_COUNT = 5
NEWSWIRE_SHARE = 4
TREEBANK_REPEATS = 2
NEWSWIRE_TEST_SHARE = 40

Documents = dict[str, list[Doc]]


def prepare(*, data: Path, output: Path, exclude_texts: Path | None = None, gold_repeats: int = 2) -> dict[str, int]:
    """Write ``<task>-<split>.spacy`` files under ``output``; returns the number of paragraphs in each.

    The tasks are ``syntax`` (with splits train, news-train, dev, test-ewt, dev-gum and test-news, which has tags only)
    and ``entities`` (train, dev, test-uner, test-gmb, test-crossner). ``data`` holds the folders of
    ``seeds/training/corpora.csv``. ``exclude_texts`` is a file of JSON lines with a ``text`` each: documents that
    overlap with one are left out. ``gold_repeats`` is how often
    entity annotation by hand comes for once that automatic annotation comes. Raises ``TrainingDataMissing``.
    """
    folders = corpus_folders(data)
    exclusion = Exclusion.read(exclude_texts)
    nlp = configure_tokenizer(spacy.blank("en"))
    output.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, docs in {
        **syntax_documents(folders, nlp=nlp, exclusion=exclusion),
        **entity_documents(folders, nlp=nlp, exclusion=exclusion, gold_repeats=gold_repeats),
    }.items():
        DocBin(attrs=ATTRIBUTES, docs=docs).to_disk(output / f"{name}.spacy")
        counts[name] = len(docs)
    return counts


def syntax_documents(folders: dict[str, Path], *, nlp: Language, exclusion: Exclusion) -> Documents:
    """Read both treebanks into paragraph-like gold Docs by split; ``news-train`` adds newswire with tags only."""

    def docs(corpus: str, split: str) -> list[Doc]:
        sentences = read_conllu(folders[corpus] / f"{split}.conllu.gz")
        kept = leave_out(sentences, exclusion) if split == "train" else sentences
        return [make_doc(nlp.vocab, group) for group in group_paragraphs(kept)]

    gum_dev = docs("ud_gum", "dev")
    treebanks = docs("ud_ewt", "train") + docs("ud_gum", "train")
    newswire = gmb.read_gmb(folders["gmb"] / "ner_dataset.csv.gz")
    return {
        "syntax-train": treebanks,
        "syntax-news-train": treebanks * TREEBANK_REPEATS
        + list(tag_documents(nlp, newswire, together=SENTENCES_TOGETHER, every=NEWSWIRE_SHARE)),
        "syntax-dev": docs("ud_ewt", "dev") + gum_dev,
        "syntax-test-ewt": docs("ud_ewt", "test"),
        "syntax-dev-gum": gum_dev,
        "syntax-test-news": list(
            tag_documents(nlp, newswire, together=SENTENCES_TOGETHER, every=NEWSWIRE_TEST_SHARE, first=1)
        ),
    }


def leave_out(sentences: Iterable[TreebankSentence], exclusion: Exclusion) -> Iterator[TreebankSentence]:
    """Drop the documents that overlap with the texts to be left out."""
    for _, group in groupby(sentences, key=lambda sentence: sentence.document):
        document = list(group)
        if not exclusion.covers("\n".join(sentence.text for sentence in document)):
            yield from document


def entity_documents(
    folders: dict[str, Path], *, nlp: Language, exclusion: Exclusion, gold_repeats: int = 2
) -> Documents:
    """Read the entity corpora into gold Docs by split; what a corpus does not annotate is left open."""
    silver = gmb.even_out(gmb.read_gmb(folders["gmb"] / "ner_dataset.csv.gz"))
    names = Names.load()
    names.learn(gmb.demonyms(silver))
    annotator = Annotator(nlp, names, common_words(silver))

    def docs(passages: Iterable[Passage]) -> list[Doc]:
        return [annotator.doc(item) for item in passages]

    def crossner(split: str) -> list[Doc]:
        return docs(together("crossner", read_tagged(folders["crossner"] / f"{split}.txt", separator="\t")))

    def uner(split: str) -> list[Doc]:
        return docs(uner_passages(folders["uner_ewt"], folders["ud_ewt"], split))

    by_split: Documents = {"train": [], "dev": [], "test": []}
    for item in together("gmb", silver):
        by_split[_split_of(item.text)].append(annotator.doc(item))
    gold = [
        *uner("train"),
        *crossner("train"),
        *crossner("dev"),
        *docs(together("wikigold", read_tagged(folders["wikigold"] / "wikigold.conll.txt.gz"))),
        *docs(item for text, items in re3d.read_re3d(folders["re3d"]) if not exclusion.covers(text) for item in items),
    ]
    return {
        "entities-train": gold * gold_repeats + by_split["train"],
        "entities-dev": uner("dev") + by_split["dev"],
        "entities-test-uner": uner("test"),
        "entities-test-gmb": by_split["test"],
        "entities-test-crossner": crossner("test"),
    }


def _split_of(text: str) -> str:
    """One passage in twenty is for testing, one for choosing the best model: by content, so the same in every run."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) % 20
    return HELD_OUT_OF_TWENTY.get(number, "train")


def together(corpus: str, sentences: Iterable[TaggedSentence]) -> Iterator[Passage]:
    """Join every three sentences of a corpus, whose paragraphs are lost, to a passage."""
    waiting: list[TaggedSentence] = []
    for sentence in sentences:
        waiting.append(sentence)
        if len(waiting) == SENTENCES_TOGETHER:
            yield passage(corpus, waiting)
            waiting = []
    if waiting:
        yield passage(corpus, waiting)


def uner_passages(uner: Path, treebank: Path, split: str) -> Iterator[Passage]:
    """Put the entities of Universal NER on the paragraphs of its treebank, whose spaces are known.

    A paragraph is left out where one of its sentences is not annotated or has other words.
    """
    tags = {
        sentence.sent_id: sentence for sentence in read_tagged(uner / f"{split}.iob2.gz", word=1, tag=2, separator="\t")
    }
    for group in group_paragraphs(read_conllu(treebank / f"{split}.conllu.gz")):
        tagged = [tags.get(sentence.sent_id) for sentence in group]
        words = [tuple(word.form for word in sentence.words) for sentence in group]
        if all(item is not None and item.words == forms for item, forms in zip(tagged, words, strict=True)):
            spaces = [[word.space_after for word in sentence.words] for sentence in group]
            yield passage("uner_ewt", [_plain(item) for item in tagged if item is not None], spaces=spaces)


def _plain(sentence: TaggedSentence) -> TaggedSentence:
    """Tags ``B-O`` of the early training file mean no entity."""
    tags = tuple("O" if tag in {"B-O", "I-O"} else tag for tag in sentence.tags)
    return replace(sentence, tags=tags)


def common_words(sentences: Iterable[TaggedSentence]) -> frozenset[str]:
    """Words that are written in lower case often: such a word is no name at the start of a sentence."""
    counts = Counter(word for sentence in sentences for word in sentence.words if word.islower())
    return frozenset(word for word, count in counts.items() if count >= COMMON_COUNT)
