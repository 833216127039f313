"""The language of an article: what its source says, checked against what its words say."""

import re
from functools import lru_cache
from typing import Any

SAMPLE_CHARACTERS = 1000
SURE_CHARACTERS = 200
"""Texts from this length on are identified well enough to overrule what the source says."""

SURE = 0.99
LIKELY = 0.5
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|in|a|that|is|was|for|on|with|as|by|at|from|it|his|her|their|has|had|have|be|were|are|not|an"
    r"|said|says|who|which|after|this|will|he|she|they|but|been|over|into|against|between)\b"
)
"""Words in which English sentences, also short ones, are rich: they decide where a text is too short to identify."""

_ENGLISH_SHARE = 0.2
_CODE_KEYS = {2: "alpha_2", 3: "alpha_3"}
_NO_LANGUAGE = frozenset(("und", "mis", "mul", "zxx"))  # ISO 639-2: undetermined, uncoded, multiple, none


def detect_language(text: str, *, declared: str | None = None) -> str | None:
    """Tell the language of a text.

    Args:
        text: cleaned text; its first thousand characters are looked at.
        declared: what the source says, such as ``en``, ``en-US``, ``eng`` or ``English``. It counts unless the text is
            long enough and plainly in another language: templates and feeds often declare the wrong one.

    Returns:
        ISO 639-1 code, or the three-letter code of a language that has none; None where neither source nor text tell.
    """
    code = language_code(declared)
    sample = text[:SAMPLE_CHARACTERS]
    identified, confidence = _identifier().classify(sample)
    if len(sample) >= SURE_CHARACTERS and confidence >= SURE:
        return str(identified)
    if code:
        return code
    if _is_english(sample):
        return "en"
    return str(identified) if confidence >= LIKELY else None


@lru_cache(maxsize=1024)
def language_code(declared: str | None) -> str | None:
    """Normalise a language tag, code or English name to ISO 639-1; None where there is no such language."""
    if not declared:
        return None
    import pycountry  # noqa: PLC0415 - slow to import, and many inputs name no language

    primary = re.split(r"[-_]", declared.strip().lower(), maxsplit=1)[0]
    key = _CODE_KEYS.get(len(primary), "name")
    language = pycountry.languages.get(**{key: primary.title() if key == "name" else primary})
    if language is None or primary in _NO_LANGUAGE:
        return None
    return str(getattr(language, "alpha_2", None) or language.alpha_3)


def _is_english(sample: str) -> bool:
    words = len(_WORD.findall(sample))
    return words > 0 and len(_ENGLISH.findall(sample.lower())) >= _ENGLISH_SHARE * words


@lru_cache(maxsize=1)
def _identifier() -> Any:  # noqa: ANN401 - py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy and a model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
