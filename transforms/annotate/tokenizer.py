"""The one place that says where words end: rules on top of spaCy's English tokenizer.

The rules follow the words of Universal Dependencies, in which the model thinks: a hyphen between words stands alone
("car" "-" "bomb", "U.S." "-" "led"), but not after a prefix ("anti-government", "ex-president"), and ranks keep
their stop ("Lt."). They are set before training and saved with the model, so a run splits words as training did.
"""

from collections.abc import Callable
from typing import cast

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_suffix_regex, registry

BOUND_PREFIXES = (
    *("anti", "co", "counter", "cross", "cyber", "e", "ex", "extra", "hyper", "inter", "intra", "mega", "micro", "mid"),
    *("mini", "mis", "multi", "non", "post", "pre", "pro", "pseudo", "re", "semi", "sub"),
    *("trans", "ultra", "un", "vice"),
)
ABBREVIATIONS = (
    *("Adm.", "Brig.", "Capt.", "Cmdr.", "Col.", "Cpl.", "Ft.", "Gen.", "Gov.", "Lt.", "Maj.", "Pfc.", "Pvt.", "Rep."),
    *("Sen.", "Sgt.", "Spc.", "St.", "Supt.", "Msgr.", "Rev.", "Atty.", "Pres.", "Sec.", "Dept.", "Mt.", "al."),
)

INHERITED_HYPHEN = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"


def _after_no_prefix() -> str:
    """A run of look-behinds that hold unless the word so far is one of the bound prefixes."""
    return "".join(f"(?<!\\b[{prefix[0]}{prefix[0].upper()}]{prefix[1:]})" for prefix in BOUND_PREFIXES)


INFIXES = (
    rf"{_after_no_prefix()}(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])",
    r"(?<=[A-Z]\.)-(?=[A-Za-z])",
    r"(?<=[0-9])[–—](?=[0-9])",
)
SUFFIXES = (r"(?<=:[0-9][0-9])(?:am|pm|AM|PM)",)


def configure_tokenizer(nlp: Language) -> Language:
    """Set the project's infix and suffix rules and abbreviations on the tokenizer of ``nlp``; returns ``nlp``."""
    tokenizer = cast("Tokenizer", nlp.tokenizer)
    inherited = [rule for rule in nlp.Defaults.infixes or () if rule != INHERITED_HYPHEN]
    tokenizer.infix_finditer = compile_infix_regex([*inherited, *INFIXES]).finditer
    tokenizer.suffix_search = compile_suffix_regex([*(nlp.Defaults.suffixes or ()), *SUFFIXES]).search
    for abbreviation in ABBREVIATIONS:
        tokenizer.add_special_case(abbreviation, [{"ORTH": abbreviation}])
    return nlp


def create_tokenizer_callback() -> Callable[[Language], Language]:
    """Name ``configure_tokenizer`` for the training config, which calls it before initialisation."""
    return configure_tokenizer


registry.callbacks("dateline.tokenizer.v1", func=create_tokenizer_callback)
