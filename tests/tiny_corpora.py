"""Tiny corpora that drive the training in tests."""

import csv
import gzip
import json
from pathlib import Path

SENTENCES = [
    """Soldiers|NOUN|NNS|2|nsubj arrested|VERB|VBD|0|root Anna|PROPN|NNP|2|obj Holm|PROPN|NNP|3|flat
    in|ADP|IN|6|case Lima|PROPN|NNP|2|obl .|PUNCT|.|2|punct""",
    """Two|NUM|CD|2|nummod boats|NOUN|NNS|4|nsubj:pass were|AUX|VBD|4|aux:pass seized|VERB|VBN|0|root
    by|ADP|IN|6|case rebels|NOUN|NNS|4|obl:agent .|PUNCT|.|4|punct""",
]
ENTITIES = [["O", "O", "B-PER", "I-PER", "O", "B-LOC", "O"], ["O"] * 7]
HELD_OUT = "The long quay of Sella burned all night."


def conllu(copies: int) -> str:
    blocks = []
    for number in range(copies):
        rows = []
        for index, word in enumerate(SENTENCES[number % 2].split(), start=1):
            form, upos, xpos, head, dep = word.split("|")
            lemma = form.lower().removesuffix("s") if upos == "NOUN" else form
            rows.append(f"{index}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{dep}\t_\t_")
        blocks.append("\n".join([f"# newdoc id = d{number // 2}", f"# sent_id = s{number}", *rows]))
    return "\n\n".join(blocks) + "\n\n"


def tagged(copies: int, *, numbered: bool = False, separator: str = "\t") -> str:
    blocks = []
    for number in range(copies):
        words = [word.split("|")[0] for word in SENTENCES[number % 2].split()]
        pairs = enumerate(zip(words, ENTITIES[number % 2], strict=True), start=1)
        lines = [separator.join([*([str(index)] if numbered else []), word, tag]) for index, (word, tag) in pairs]
        blocks.append("\n".join([*([f"# sent_id = s{number}"] if numbered else []), *lines]))
    return "\n\n".join(blocks) + "\n\n"


def zipped(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding=encoding) as file:
        file.write(text)


def write_gmb(path: Path, sentences: int) -> None:
    path.parent.mkdir(parents=True)
    with gzip.open(path, "wt", encoding="latin-1", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Sentence #", "Word", "POS", "Tag"])
        for number in range(sentences):
            words = [f"{number} farmers met Peruvian officials near Cusco .".split(), "O O O B-gpe O O B-geo O".split()]
            for index, (word, tag) in enumerate(zip(*words, strict=True)):
                writer.writerow([f"Sentence: {number}" if index == 0 else "", word, "X", tag])


def write_corpora(folder: Path) -> Path:
    """Write corpora of a few sentences of our own, in the forms of those that the shipped model learns from."""
    for split in ("train", "dev", "test"):
        zipped(folder / "ud_ewt" / f"{split}.conllu.gz", conllu(8))
        zipped(folder / "ud_gum_open" / f"{split}.conllu.gz", conllu(4).replace("id = d", "id = GUM_news_d"))
        zipped(folder / "uner_ewt" / f"{split}.iob2.gz", tagged(8, numbered=True))
    zipped(folder / "ner_wikigold" / "wikigold.conll.txt.gz", tagged(4, separator=" ").replace("B-", "I-"))
    politics = folder / "ner_crossner_politics"
    politics.mkdir()
    for split in ("train", "dev", "test"):
        text = tagged(4).replace("-PER", "-politician").replace("-LOC", "-location")
        (politics / f"{split}.txt").write_text(text, encoding="utf-8")
    write_gmb(folder / "ner_gmb" / "ner_dataset.csv.gz", 240)
    re3d = folder / "ner_re3d_open" / "source"
    re3d.mkdir(parents=True)
    documents = [
        {"_id": "a", "text": "Guards saw Anna Holm."},
        {"_id": "b", "text": HELD_OUT},
    ]
    (re3d / "documents.json").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    entity = {"documentId": "a", "begin": 11, "end": 20, "type": "Person", "value": "Anna Holm", "confidence": 1}
    (re3d / "entities.json").write_text(json.dumps(entity), encoding="utf-8")
    return folder
