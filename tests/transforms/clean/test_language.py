import pytest

from transforms.clean.language import detect_language, language_code

ENGLISH = (
    "The council of the port city voted on Tuesday to close the old bridge, and engineers said that it was in danger "
    "of falling. Drivers who use it will have to go round by the northern road until the end of the year at least."
)
FRENCH = (
    "Le conseil municipal de la ville portuaire a voté mardi la fermeture du vieux pont, et les ingénieurs ont déclaré "
    "qu'il risquait de s'effondrer. Les automobilistes devront emprunter la route du nord jusqu'à la fin de l'année."
)


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (ENGLISH, None, "en"),
        (ENGLISH.upper(), None, "en"),
        (FRENCH, None, "fr"),
        (FRENCH, "en", "fr"),
        (ENGLISH, "fr", "en"),
        ("Two killed in blast.", None, "en"),
        ("Pont fermé.", "fr-CA", "fr"),
        ("Der Bürgermeister schloss am Dienstag die Brücke.", None, "de"),
        ("De burgemeester was in de stad en had het over de brug.", None, "nl"),
        ("12 34 56", None, None),
        ("12 34 56", "xx", None),
    ],
)
def test_language_by_text_and_by_what_the_source_says(text: str, declared: str | None, expected: str | None) -> None:
    assert detect_language(text, declared=declared) == expected


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("pt_BR", "pt"),
        ("eng", "en"),
        ("English", "en"),
        ("ckb", "ckb"),
        ("und", None),
        ("nonsense", None),
        ("", None),
        (None, None),
    ],
)
def test_language_codes_are_normalised(declared: str | None, code: str | None) -> None:
    assert language_code(declared) == code
