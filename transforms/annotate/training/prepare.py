"""Makes the files to train and measure on out of the corpora.

Three files are trained on: ``treebanks`` (parses by hand; EWT's with entities by hand), ``names`` (entities by hand,
no parses) and ``newswire`` (entities annotated automatically, no parses). What a corpus does not tell is missing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from transforms.annotate.tokenizer import configure_tokenizer
from transforms.annotate.training import gmb, re3d
from transforms.annotate.training.conllu import TreebankSentence, group_paragraphs, make_doc, read_conllu
from transforms.annotate.training.corpora import corpus_folders
from transforms.annotate.training.entities import Annotator
from transforms.annotate.training.exclude import Exclusion
from transforms.annotate.training.labels import Names, Passage, Span
from transforms.annotate.training.newswire import tag_documents
from transforms.annotate.training.tagged import TaggedSentence, entity_groups, passage, read_tagged

ATTRIBUTES = ("ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START", "ENT_IOB", "ENT_TYPE")
SENTENCES_TOGETHER = 3
HELD_OUT_OF_TWENTY = {0: "test", 1: "dev"}
COMMON_COUNT = 5
NEWSWIRE_TEST_SHARE = 40
GUM_NEWS = "_news_"
"""What the names of GUM's documents of news have in them."""
TRAINED_ON = ("treebanks", "names", "newswire")

Documents = dict[str, list[Doc]]


def prepare(*, data: Path, output: Path, exclude_texts: Path | None = None) -> dict[str, int]:
    """Write ``*.spacy`` files under ``output``; returns the number of paragraphs in each.

    Those of ``TRAINED_ON`` are trained on, ``syntax-dev`` and ``entities-dev`` choose the best step, and
    ``syntax-test-ewt``, ``syntax-dev-gum``, ``syntax-dev-gum-news``, ``syntax-test-news`` (tags only),
    ``entities-test-uner`` (with the labels of Universal NER), ``entities-test-gmb`` and ``entities-test-crossner`` are
    measured on. ``data`` holds the folders of ``seeds/training/corpora.csv``. ``exclude_texts`` is a file of JSON lines
    with a ``text`` each: documents that overlap with one are not trained on. Raises ``TrainingDataMissing``.
    """
    folders = corpus_folders(data)
    exclusion = Exclusion.read(exclude_texts)
    nlp = configure_tokenizer(spacy.blank("en"))
    output.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, docs in make_documents(folders, nlp=nlp, exclusion=exclusion).items():
        DocBin(attrs=ATTRIBUTES, docs=docs).to_disk(output / f"{name}.spacy")
        counts[name] = len(docs)
    return counts


def make_documents(folders: dict[str, Path], *, nlp: Language, exclusion: Exclusion) -> Documents:
    """Read all corpora into gold Docs by file name."""
    read = gmb.read_gmb(folders["gmb"] / "ner_dataset.csv.gz")
    silver = gmb.even_out(read)
    names = Names.load()
    names.learn(gmb.demonyms(silver))
    annotator = Annotator(nlp, names, common_words(silver))

    def docs(passages: Iterable[Passage]) -> list[Doc]:
        return [annotator.doc(item) for item in passages]

    def crossner(split: str) -> list[Doc]:
        return docs(together("crossner", read_tagged(folders["crossner"] / f"{split}.txt", separator="\t")))

    def gum(split: str, *, genre: str = "") -> list[Doc]:
        sentences = read_conllu(folders["ud_gum"] / f"{split}.conllu.gz")
        chosen = (sentence for sentence in sentences if genre in sentence.document)
        kept = leave_out(chosen, exclusion) if split == "train" else chosen
        return [make_doc(nlp.vocab, group) for group in group_paragraphs(kept)]

    def ewt(split: str, *, as_published: bool = False) -> list[Doc]:
        own = None if as_published else annotator
        kept = exclusion if split == "train" else Exclusion()
        return list(ewt_documents(folders, split, vocab=nlp.vocab, annotator=own, exclusion=kept))

    newswire: Documents = {"train": [], "dev": [], "test": []}
    for item in together("gmb", silver):
        newswire[_split_of(item.text)].append(annotator.doc(item))
    ewt_dev = ewt("dev")
    return {
        "treebanks": ewt("train") + gum("train"),
        "names": [
            *crossner("train"),
            *crossner("dev"),
            *docs(together("wikigold", read_tagged(folders["wikigold"] / "wikigold.conll.txt.gz"))),
            *docs(
                item for text, items in re3d.read_re3d(folders["re3d"]) if not exclusion.covers(text) for item in items
            ),
        ],
        "newswire": newswire["train"],
        "syntax-dev": ewt_dev,
        "syntax-test-ewt": ewt("test"),
        "syntax-dev-gum": gum("dev"),
        "syntax-dev-gum-news": gum("dev", genre=GUM_NEWS),
        "syntax-test-news": list(
            tag_documents(nlp, read, together=SENTENCES_TOGETHER, every=NEWSWIRE_TEST_SHARE, first=1)
        ),
        "entities-dev": [doc for doc in ewt_dev if doc.has_annotation("ENT_IOB")] + newswire["dev"],
        "entities-test-uner": [doc for doc in ewt("test", as_published=True) if doc.has_annotation("ENT_IOB")],
        "entities-test-gmb": newswire["test"],
        "entities-test-crossner": crossner("test"),
    }


def leave_out(sentences: Iterable[TreebankSentence], exclusion: Exclusion) -> Iterator[TreebankSentence]:
    """Drop the documents that overlap with the texts to be left out."""
    for _, group in groupby(sentences, key=lambda sentence: sentence.document):
        document = list(group)
        if not exclusion.covers("\n".join(sentence.text for sentence in document)):
            yield from document


def ewt_documents(
    folders: dict[str, Path], split: str, *, vocab: Vocab, annotator: Annotator | None, exclusion: Exclusion
) -> Iterator[Doc]:
    """The paragraphs of EWT with the entities of Universal NER, which annotates the same sentences.

    The labels are the model's by ``annotator``, as published without one. Entities are missing in a paragraph where one
    of its sentences is not annotated or has other words.
    """
    tags = {
        sentence.sent_id: _plain(sentence)
        for sentence in read_tagged(folders["uner_ewt"] / f"{split}.iob2.gz", word=1, tag=2, separator="\t")
    }
    for group in group_paragraphs(leave_out(read_conllu(folders["ud_ewt"] / f"{split}.conllu.gz"), exclusion)):
        doc = make_doc(vocab, group)
        tagged = [tags.get(sentence.sent_id) for sentence in group]
        words = [tuple(word.form for word in sentence.words) for sentence in group]
        if all(item is not None and item.words == forms for item, forms in zip(tagged, words, strict=True)):
            published = [tag for item in tagged if item is not None for tag in item.tags]
            marks = published if annotator is None else annotator.marks(doc, _as_passage(doc, published))
            doc = make_doc(vocab, group, entities=marks)
        yield doc


def _as_passage(doc: Doc, tags: list[str]) -> Passage:
    spans = (
        Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), label) for start, end, label in entity_groups(tags)
    )
    return Passage("uner_ewt", doc.text, tuple(spans))


def _plain(sentence: TaggedSentence) -> TaggedSentence:
    """Tags ``B-O`` of the early training file mean no entity."""
    tags = tuple("O" if tag in {"B-O", "I-O"} else tag for tag in sentence.tags)
    return replace(sentence, tags=tags)


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


def common_words(sentences: Iterable[TaggedSentence]) -> frozenset[str]:
    """Words that are written in lower case often: such a word is no name at the start of a sentence."""
    counts = Counter(word for sentence in sentences for word in sentence.words if word.islower())
    return frozenset(word for word, count in counts.items() if count >= COMMON_COUNT)
