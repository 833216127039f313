"""Treebanks become paragraphs with the right spaces, heads and sentence starts."""

from pathlib import Path

import pytest
import spacy

from transforms.annotate.training.conllu import CorpusError, group_paragraphs, make_doc, read_conllu

CONTRACTION = """\
# newdoc id = first
# newpar
# sent_id = first-1
# text = Guards don't talk.
1\tGuards\tguard\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\tPolarity=Neg\t4\tadvmod\t_\t_
4\ttalk\ttalk\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\ttalk\ttalk\tVERB\tVB\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""


def sentence(words: str, *, sent_id: str, header: str = "") -> str:
    """A sentence of our own, all words hanging on the first; its last word joins the one before."""
    forms = words.split()
    rows = []
    for number, form in enumerate(forms, start=1):
        head, dep = (0, "root") if number == 1 else (1, "dep")
        space = "SpaceAfter=No" if number == len(forms) - 1 else "_"
        rows.append(f"{number}\t{form}\t{form.lower()}\tX\tXX\t_\t{head}\t{dep}\t_\t{space}")
    return "\n".join([*([header] if header else []), f"# sent_id = {sent_id}", *rows, "", ""])


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_words_of_a_contraction_stand_together(tmp_path: Path) -> None:
    (read,) = read_conllu(write(tmp_path / "a.conllu", CONTRACTION))
    assert [word.form for word in read.words] == ["Guards", "do", "n't", "talk", "."]
    assert read.text == "Guards don't talk."


def test_annotation_of_a_doc(tmp_path: Path) -> None:
    doc = make_doc(spacy.blank("en").vocab, list(read_conllu(write(tmp_path / "a.conllu", CONTRACTION))))
    assert doc.text == "Guards don't talk."
    assert [token.dep_ for token in doc] == ["nsubj", "aux", "advmod", "ROOT", "punct"]
    assert {token.head.text for token in doc} == {"talk"}
    assert [token.lemma_ for token in doc] == ["guard", "do", "not", "talk", "."]
    assert str(doc[2].morph) == "Polarity=Neg"
    assert not doc.has_annotation("ENT_IOB")


def test_a_space_after_a_contraction_is_that_of_its_line(tmp_path: Path) -> None:
    joined = CONTRACTION.replace("2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_", "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No")
    (read,) = read_conllu(write(tmp_path / "a.conllu", joined))
    assert read.text == "Guards don'ttalk."


def test_paragraphs(tmp_path: Path) -> None:
    text = "".join(
        [
            sentence("Rain fell .", sent_id="1", header="# newdoc id = one\n# newpar"),
            sentence("Wind blew .", sent_id="2", header="# newpar"),
            sentence("Night came .", sent_id="3"),
            sentence("A title", sent_id="4", header="# newpar"),
            sentence("Snow melted .", sent_id="5", header="# newpar"),
            sentence("Ice broke .", sent_id="6", header="# newdoc id = two\n# newpar"),
        ]
    )
    groups = list(group_paragraphs(read_conllu(write(tmp_path / "a.conllu", text))))
    assert [[item.sent_id for item in group] for group in groups] == [["1", "2", "3"], ["4"], ["5"], ["6"]]
    doc = make_doc(spacy.blank("en").vocab, groups[0])
    assert doc.text == "Rain fell. Wind blew. Night came."
    assert [sent.text for sent in doc.sents] == ["Rain fell.", "Wind blew.", "Night came."]


def test_a_paragraph_has_at_most_ten_sentences(tmp_path: Path) -> None:
    text = "".join(sentence("It rained .", sent_id=str(number)) for number in range(12))
    groups = list(group_paragraphs(read_conllu(write(tmp_path / "a.conllu", text))))
    assert [len(group) for group in groups] == [10, 2]


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.conllu", "# sent_id = 1\n1\tRain\train\n\n")
    with pytest.raises(CorpusError, match=r"a\.conllu, line 2: 3 columns"):
        list(read_conllu(path))
