"""Words end where Universal Dependencies ends them."""

import pytest
import spacy
from spacy.language import Language

from transforms.annotate.tokenizer import ABBREVIATIONS, INHERITED_HYPHEN, configure_tokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    return configure_tokenizer(spacy.blank("en"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a car-bomb attack", "a car - bomb attack"),
        ("U.S.-led troops", "U.S. - led troops"),
        ("Anti-government and pro-Russian", "Anti-government and pro-Russian"),
        ("the ex-minister's non-lethal aid", "the ex-minister 's non-lethal aid"),
        ("north of Tell al-Hawa", "north of Tell al - Hawa"),
        ("a 14-year-old", "a 14 - year - old"),
        ("Lt. Col. Amin Rashed spoke.", "Lt. Col. Amin Rashed spoke ."),
        ("They don't and he’s", "They do n't and he ’s"),
        ("“We can’t,” she said—twice.", "“ We ca n’t , ” she said — twice ."),
        ("2010–2012 at 7:30pm", "2010 – 2012 at 7:30 pm"),
        ("killing 12. The", "killing 12 . The"),
    ],
)
def test_words(nlp: Language, text: str, words: str) -> None:
    assert [token.text for token in nlp(text)] == words.split()


def test_words_keep_the_text(nlp: Language) -> None:
    text = "“Anti-aircraft” fire -- U.S.-made -- hit the co-pilot, Maj. Gen. Omar said."
    assert nlp(text).text == text


def test_the_inherited_hyphen_rule_is_replaced(nlp: Language) -> None:
    assert INHERITED_HYPHEN in (nlp.Defaults.infixes or [])


def test_abbreviations_are_one_word(nlp: Language) -> None:
    assert all(len(nlp(f"before {abbreviation} Smith")) == 3 for abbreviation in ABBREVIATIONS)


def test_the_rules_are_saved_with_the_pipeline(nlp: Language) -> None:
    other = spacy.blank("en").from_bytes(nlp.to_bytes())
    words = [token.text for token in other("anti-tank U.S.-made Lt. Ray")]
    assert words == ["anti-tank", "U.S.", "-", "made", "Lt.", "Ray"]
