import pytest

from transforms.clean import clean_text
from transforms.clean.furniture import remove_furniture


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("They met.\n\nThey left.", "They met.\n\nThey left."),
        ("He hid. Hide Caption 2 of 3 Photos: The siege A tank burns. Hide Caption 3 of 3 Photos: The siege Men run.",
         "He hid.\n\nA tank burns.\n\nMen run."),
        ("They met. Hide Caption 1 of 1", "They met."),
        ("They met.\n\nJUST WATCHED Rebels meet Replay More Videos ... MUST WATCH Rebels meet 02:09\n\nThey left.",
         "They met.\n\nThey left."),
        ("Media playback is unsupported on your device Media caption Rebels march\n\nThey left.",
         "Rebels march\n\nThey left."),
        ("Image copyright AFP Image caption Rebels march\n\nThey left.", "Rebels march\n\nThey left."),
        ("A tank burns. (Photo: Jo Vatu, AP) Story Highlights Rebels march\n\nThey left.",
         "A tank burns.\n\nRebels march\n\nThey left."),
        ("The story highlights the siege.", "The story highlights the siege."),
        ("The photos: three tanks.", "The photos: three tanks."),
    ],
)  # fmt: skip
def test_labels_of_a_page_are_no_words_of_its_sentences(page, text):
    assert remove_furniture(page) == clean_text(page) == text
