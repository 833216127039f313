"""Who pronouns, short forms and descriptions stand for, in documents of our own."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from transforms.resolve.actors import ActorCode, ActorCoder
from transforms.resolve.coreference import Antecedent, DocumentActors

CODER = ActorCoder.load()


@dataclass
class Document:
    """A text of sentences with one line each, and its memory filled by phrases."""

    text: str
    memory: DocumentActors = field(init=False)

    def __post_init__(self) -> None:
        starts = [0] + [place + 1 for place, letter in enumerate(self.text) if letter == "\n"]
        self.memory = DocumentActors(self.text, sentence_starts=starts)

    def mention(self, phrase: str, head: str, label: str | None = None, *, subject: bool = False) -> "Document":
        code, kind = CODER.code(phrase, head=head, label=label), CODER.kind(phrase, head=head, label=label)
        self.memory.mention(phrase, self.text.index(phrase), label, code, kind=kind, is_subject=subject)
        return self

    def name(self, phrase: str, head: str | None = None, *, speaker: Antecedent | None = None) -> str | None:
        position = self.text.rindex(phrase)
        found = self.memory.resolve(phrase, head or phrase.rsplit(maxsplit=1)[-1], position, speaker=speaker)
        return found.name if found else None


def test_a_pronoun_is_the_one_person_subject_before() -> None:
    document = Document("Minister Ada Quill met Omar Fadel.\nShe praised him.")
    document.mention("Minister Ada Quill", "Quill", "PERSON", subject=True).mention("Omar Fadel", "Fadel", "PERSON")
    assert document.name("She") == "Ada Quill"


def test_a_bare_plural_takes_up_nobody() -> None:
    document = Document("Boko Haram freed a hostage.\nMilitants shelled a town.")
    document.mention("Boko Haram", "Haram", "ORG", subject=True)
    assert document.name("Militants") is None
    document = Document("Boko Haram freed a hostage.\nThe militants left.")
    document.mention("Boko Haram", "Haram", "ORG", subject=True)
    assert document.name("The militants") == "Boko Haram"


def test_a_statement_that_quotes_nobody_is_issued_by_the_state_or_body_that_is_its_subject() -> None:
    document = Document("Norway condemns the raid.\nWe call for talks.")
    document.mention("Norway", "Norway", "GPE", subject=True)
    issuer = document.memory.issuer()
    assert issuer is not None
    assert issuer.name == "Norway"
    both = Document("Norway and Chad condemn the raid.\nWe call for talks.")
    both.mention("Norway", "Norway", "GPE", subject=True).mention("Chad", "Chad", "GPE", subject=True)
    assert both.memory.issuer() is None


def test_a_name_of_the_other_gender_does_not_fit() -> None:
    document = Document("Maria Ekdal spoke after Omar Fadel.\nHe left.")
    document.mention("Maria Ekdal", "Ekdal", "PERSON", subject=True).mention(
        "Omar Fadel", "Fadel", "PERSON", subject=True
    )
    assert document.name("He") == "Omar Fadel"


def test_between_two_persons_a_pronoun_says_nothing() -> None:
    document = Document("Peter Holm and Omar Fadel signed.\nHe left.")
    document.mention("Peter Holm", "Holm", "PERSON", subject=True).mention(
        "Omar Fadel", "Fadel", "PERSON", subject=True
    )
    assert document.name("He") is None


def test_a_pronoun_looks_back_one_sentence_only() -> None:
    document = Document("Peter Holm signed.\nIt rained.\nHe left.")
    document.mention("Peter Holm", "Holm", "PERSON", subject=True)
    assert document.name("He") is None


def test_an_acronym_in_brackets() -> None:
    document = Document("The Blue River Liberation Movement (BRLM) took a bridge.\nBRLM fired.")
    document.mention("Blue River Liberation Movement", "Movement", "ORG", subject=True)
    assert document.name("BRLM") == "Blue River Liberation Movement"


def test_an_acronym_by_its_initials() -> None:
    document = Document("The Union of Harbour Workers struck.\nUHW pickets stood by.")
    document.mention("Union of Harbour Workers", "Union", "ORG", subject=True)
    assert document.name("UHW") == "Union of Harbour Workers"


def test_a_surname_takes_the_code_of_the_full_name() -> None:
    document = Document("Norwegian Fisheries Minister Solveig Ekdal resigned.\nEkdal left Oslo.")
    document.mention("Norwegian Fisheries Minister Solveig Ekdal", "Ekdal", "PERSON", subject=True)
    found = document.memory.resolve("Ekdal", "Ekdal", document.text.rindex("Ekdal"))
    assert found == Antecedent("Solveig Ekdal", ActorCode("Solveig Ekdal", None, "NOR", "GOV"))


def test_a_surname_of_two_people_says_nothing() -> None:
    document = Document("Lars Holm met Peter Holm.\nHolm left.")
    document.mention("Lars Holm", "Holm", "PERSON", subject=True).mention("Peter Holm", "Holm", "PERSON")
    assert document.name("Holm") is None


def test_another_given_name_is_another_person() -> None:
    document = Document("Lars Holm left.\nPeter Holm stayed.\nBishop Holm spoke.")
    document.mention("Lars Holm", "Holm", "PERSON", subject=True)
    assert document.name("Peter Holm") is None
    assert document.name("Bishop Holm") == "Lars Holm"


def test_a_title_and_surname_are_the_same_actor() -> None:
    document = Document("Lars Holm left.\nMr. Holm waved.\nHe spoke.")
    document.mention("Lars Holm", "Holm", "PERSON", subject=True).mention("Mr. Holm", "Holm", "PERSON", subject=True)
    assert document.name("He") == "Lars Holm"


def test_a_description_that_was_resolved_is_no_new_actor() -> None:
    document = Document("Turkish police raided a house.\nThe officers seized guns.\nThe police left.")
    document.mention("Turkish police", "police", subject=True)
    found = document.memory.resolve("The officers", "officers", 31)
    code = CODER.code("officers", head="officers")
    document.memory.mention("officers", 35, None, code, kind="person", is_subject=True, refers_to=found)
    assert document.name("The police") == "Turkish police"


def test_the_same_noun_again_takes_the_country_along() -> None:
    document = Document("Fourteen Iraqi soldiers fled.\nThe soldiers left arms.")
    document.mention("Fourteen Iraqi soldiers", "soldiers", subject=True)
    found = document.memory.resolve("The soldiers", "soldiers", document.text.index("The soldiers"))
    assert found is not None
    assert (found.name, found.code.country_code) == ("Fourteen Iraqi soldiers", "IRQ")


def test_a_part_of_an_organisations_name() -> None:
    document = Document("The Harbour Observatory for Peace counted.\nThe Observatory said so.")
    document.mention("Harbour Observatory for Peace", "Observatory", "ORG", subject=True)
    assert document.name("The Observatory") == "Harbour Observatory for Peace"


def test_the_group_is_the_one_group_near() -> None:
    document = Document("Hezbollah fired.\nThe group said so.\nThe militants fled.")
    document.mention("Hezbollah", "Hezbollah", "ORG", subject=True)
    assert document.name("The group") == "Hezbollah"
    assert document.name("The militants") == "Hezbollah"


def test_the_group_between_two_groups_says_nothing() -> None:
    document = Document("Hezbollah fought Hamas.\nThe group said so.")
    document.mention("Hezbollah", "Hezbollah", "ORG", subject=True).mention("Hamas", "Hamas", "ORG")
    assert document.name("The group") is None


def test_the_group_too_far_back_says_nothing() -> None:
    document = Document("Hezbollah fired.\nIt rained.\nIt snowed.\nThe group said so.")
    document.mention("Hezbollah", "Hezbollah", "ORG", subject=True)
    assert document.name("The group") is None


def test_a_new_group_is_not_an_old_one() -> None:
    document = Document("Hezbollah fired.\nA group said so.")
    document.mention("Hezbollah", "Hezbollah", "ORG", subject=True)
    assert document.name("A group") is None


def test_the_minister_is_the_one_person_of_that_title() -> None:
    document = Document(
        "Fisheries Minister Solveig Ekdal met Bishop Peter Holm.\nThe minister left.\nThe bishop stayed."
    )
    document.mention("Fisheries Minister Solveig Ekdal", "Ekdal", "PERSON", subject=True)
    document.mention("Bishop Peter Holm", "Holm", "PERSON")
    assert document.name("The minister") == "Solveig Ekdal"
    assert document.name("The bishop") == "Peter Holm"


def test_it_is_the_one_organisation_that_was_a_subject() -> None:
    document = Document("NATO warned Serbia.\nIt sent planes.")
    document.mention("NATO", "NATO", "ORG", subject=True).mention("Serbia", "Serbia", "GPE")
    assert document.name("It") == "NATO"


def test_they_are_the_one_group_and_its_wording_is_the_name() -> None:
    document = Document("Turkish police raided a house.\nThey seized guns.")
    document.mention("Turkish police", "police", subject=True)
    found = document.memory.resolve("They", "They", document.text.index("They"))
    assert found is not None
    assert (found.name, found.code.country_code, found.code.sector) == ("Turkish police", "TUR", "COP")


def test_we_in_a_quotation_is_its_speaker() -> None:
    document = Document("“We will vote,” Ekdal said.")
    speaker = Antecedent("Solveig Ekdal", ActorCode("Solveig Ekdal", None, "NOR", "GOV"))
    assert document.name("We", speaker=speaker) == "Solveig Ekdal"
    assert document.name("We") is None


def test_nothing_is_found_in_mentions_that_come_after() -> None:
    document = Document("He left.\nPeter Holm stayed.")
    document.mention("Peter Holm", "Holm", "PERSON", subject=True)
    assert document.memory.resolve("He", "He", 0) is None


def test_a_pronoun_carries_its_person_on() -> None:
    document = Document("Solveig Ekdal resigned.\nShe left.\nShe flew.")
    document.mention("Solveig Ekdal", "Ekdal", "PERSON", subject=True)
    first = document.memory.resolve("She", "She", 24)
    assert first is not None
    document.memory.mention("She", 24, None, first.code, is_subject=True, refers_to=first)
    assert document.memory.resolve("She", "She", 34) == first


@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.sampled_from([None, "PERSON", "ORG", "GPE"]), st.booleans()), max_size=6
    )
)
def test_no_mentions_break_the_memory(mentions: list[tuple[str, str | None, bool]]) -> None:
    text = "\n".join(phrase for phrase, _, _ in mentions)
    memory = DocumentActors(text, sentence_starts=[0])
    position = 0
    for phrase, label, is_subject in mentions:
        memory.resolve(phrase, phrase, position)
        memory.mention(phrase, position, label, CODER.code(phrase, head=phrase, label=label), is_subject=is_subject)
        position += len(phrase) + 1
    for phrase in ("he", "she", "it", "they", "we", "the group", "the minister", "NATO"):
        memory.resolve(phrase, phrase.split()[-1], position)


def test_two_leaders_are_the_two_persons_named_before() -> None:
    document = Document("French President Emmanuel Macron met Chancellor Olaf Scholz.\nThe two leaders spoke.")
    document.mention("French President Emmanuel Macron", "Macron", "PERSON", subject=True)
    document.mention("Chancellor Olaf Scholz", "Scholz", "PERSON")
    found = document.memory.resolve("The two leaders", "leaders", document.text.index("The two"))
    assert found is not None
    assert (found.name, found.code.country_code) == ("Emmanuel Macron and Olaf Scholz", None)
    assert found.code.sector == "GOV"


def test_of_three_persons_two_leaders_are_none() -> None:
    document = Document("Peter Holm met Omar Fadel and Ada Quill.\nThe two leaders spoke.")
    for name in ("Peter Holm", "Omar Fadel", "Ada Quill"):
        document.mention(name, name.split()[1], "PERSON")
    assert document.name("The two leaders") is None


def test_both_sides_are_two_states() -> None:
    document = Document("Chad and Niger traded fire.\nBoth sides lost men.")
    document.mention("Chad", "Chad", "GPE", subject=True).mention("Niger", "Niger", "GPE", subject=True)
    assert document.name("Both sides") == "Chad and Niger"


def test_the_north_is_the_state_of_that_name() -> None:
    document = Document("North Korea tested a rocket.\nThe North said so.")
    document.mention("North Korea", "Korea", "GPE", subject=True)
    assert document.name("The North") == "North Korea"


def test_without_such_a_state_the_north_is_a_region() -> None:
    document = Document("Mali sent troops.\nThe North was calm.")
    document.mention("Mali", "Mali", "GPE", subject=True)
    assert document.name("The North") is None


def test_the_country_is_the_one_named_nearest() -> None:
    document = Document("Chad met Niger.\nMali kept away.\nThe country sent no one.")
    for name in ("Chad", "Niger", "Mali"):
        document.mention(name, name, "GPE")
    assert document.name("The country") == "Mali"
    document = Document("Chad met Niger.\nThe country sent no one.")
    document.mention("Chad", "Chad", "GPE").mention("Niger", "Niger", "GPE")
    assert document.name("The country") is None


def test_a_capitalised_noun_is_a_name_of_its_own() -> None:
    document = Document("The Syrian Democratic Forces advanced.\nThe Coalition helped.\nThe coalition helped.")
    document.mention("Syrian Democratic Forces", "Forces", "ORG", subject=True)
    assert document.memory.resolve("The Coalition", "Coalition", document.text.index("The Coalition")) is None
    assert document.name("The coalition") == "Syrian Democratic Forces"


def test_a_surname_that_is_taken_for_an_organisation_is_the_person_named_before() -> None:
    document = Document("Minister Adam Nowak spoke.\nThe envoy met Nowak.\nNowak left.")
    document.mention("Minister Adam Nowak", "Nowak", "PERSON", subject=True)
    document.memory.mention("Nowak", 41, "ORG", CODER.code("Nowak", head="Nowak", label="ORG"), kind="organisation")
    assert document.name("Nowak") == "Adam Nowak"
