"""What phrases say of actors: a table of own phrases, the user's table, and texts of any sort."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from transforms.resolve.actors import ActorCode, ActorCoder

CODER = ActorCoder.load()
LABELS = (None, "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")

# A row is a phrase with head and label, and the country and sector expected; an empty string expects none.
PHRASES = [
    # nationality and role noun
    ("Turkish police", "police", None, "TUR", "COP"),
    ("a number of ministers", "number", None, "", "GOV"),
    ("all of the people of Chad", "all", None, "TCD", "CIV"),
    ("dozens of villages", "dozens", None, "", ""),
    ("ISIL heavy weapons", "weapons", None, "", "IMG"),
    ("other equipment", "equipment", None, "", ""),
    ("Iranian lawmakers", "lawmakers", None, "IRN", "LEG"),
    ("Turkey's foreign minister", "minister", None, "TUR", "GOV"),
    ("the foreign minister of Iran", "minister", None, "IRN", "GOV"),
    ("Syrian forces", "forces", None, "SYR", "MIL"),
    ("Kurdish fighters", "fighters", None, "", "REB"),
    ("Kurdish troops", "troops", None, "", "REB"),
    ("Iraqi Kurdish forces", "forces", None, "IRQ", "MIL"),
    ("Sunni tribesmen", "tribesmen", None, "", "CIV"),
    ("South Korean prosecutors", "prosecutors", None, "KOR", "JUD"),
    ("North Korean hackers", "hackers", None, "PRK", "CRM"),
    ("Afghan asylum seekers", "seekers", None, "AFG", "MIG"),
    ("Egyptian state media", "media", None, "EGY", "MED"),
    ("French trade unions", "unions", None, "FRA", "LAB"),
    ("Nigerian university students", "students", None, "NGA", "EDU"),
    ("Mexican drug cartels", "cartels", None, "MEX", "CRM"),
    ("Catholic bishops", "bishops", None, "", "REL"),
    ("the Russian leader", "leader", None, "RUS", "GOV"),
    ("a German aid group", "group", None, "DEU", "NGO"),
    ("Russian secretary of state", "secretary", None, "RUS", "GOV"),
    ("British citizens", "citizens", None, "GBR", "CIV"),
    ("Ukraine's Security Service", "Service", None, "UKR", "SPY"),
    ("Kenyan opposition leader", "leader", None, "KEN", "OPP"),
    ("Pakistani intelligence officials", "officials", None, "PAK", "SPY"),
    ("Libyan coastguard", "coastguard", None, "LBY", "COP"),
    ("Chinese warships", "warships", None, "CHN", "MIL"),
    # the head decides
    ("Iraqi army", "army", None, "IRQ", "MIL"),
    ("Iraqi army headquarters", "headquarters", None, "IRQ", "MIL"),
    ("Syria's chemical weapons", "weapons", None, "SYR", ""),
    ("Iran's nuclear programme", "programme", None, "IRN", ""),
    ("chemical weapons", "weapons", None, "", ""),
    ("ethnic Albanian rebels", "rebels", None, "", "REB"),
    ("Albanian rebels", "rebels", None, "ALB", "REB"),
    ("EU foreign ministers", "ministers", None, "", "IGO"),
    ("Dutch foreign ministers", "ministers", None, "NLD", "GOV"),
    ("UN war crimes court", "court", None, "", "IGO"),
    ("President Bush", "Bush", "PERSON", "USA", "GOV"),
    ("spokesman for the Syrian army", "spokesman", None, "SYR", "MIL"),
    ("police spokeswoman", "spokeswoman", None, "", "COP"),
    ("army chief", "chief", None, "", "MIL"),
    ("rebel leader", "leader", None, "", "REB"),
    ("rebel forces", "forces", None, "", "REB"),
    ("government forces", "forces", None, "", "MIL"),
    ("government soldiers", "soldiers", None, "", "MIL"),
    ("union leaders", "leaders", None, "", "LAB"),
    ("a military convoy", "convoy", None, "", "MIL"),
    ("U.S. ambassador to Russia", "ambassador", None, "USA", "GOV"),
    ("soldiers in Mali", "soldiers", None, "", "MIL"),
    ("soldiers from Mali", "soldiers", None, "MLI", "MIL"),
    ("police in Kenya", "police", None, "KEN", "COP"),
    ("protesters in Egypt", "protesters", None, "EGY", "CIV"),
    ("dozens of protesters", "dozens", None, "", "CIV"),
    ("hundreds of Syrian refugees", "hundreds", None, "SYR", "MIG"),
    ("members of the Tamil Tigers", "members", None, "LKA", "REB"),
    ("members of parliament", "members", None, "", "LEG"),
    # numbers and people
    ("14 soldiers", "soldiers", None, "", "MIL"),
    ("at least 90", "90", None, "", "CIV"),
    ("at least 90 people", "people", None, "", "CIV"),
    ("two women", "women", None, "", "CIV"),
    ("three of the rebels", "three", None, "", "REB"),
    ("1,300 villagers", "villagers", None, "", "CIV"),
    ("Tupolev 154", "154", None, "", ""),
    ("former Soviet republic", "republic", None, "", "GOV"),
    ("Afghan National Army soldiers", "soldiers", None, "AFG", "MIL"),
    # modifiers that lend nothing
    ("U.S.-backed Syrian forces", "forces", None, "SYR", "MIL"),
    ("Iran-backed rebels", "rebels", None, "", "REB"),
    ("Britain-based Syrian Observatory for Human Rights", "Observatory", "ORG", "SYR", "NGO"),
    ("Kurdish-led Syrian Democratic Forces", "Forces", "ORG", "SYR", "REB"),
    ("pro-Russian separatists", "separatists", None, "", "REB"),
    ("anti-government protesters", "protesters", None, "", "CIV"),
    ("Israeli-occupied West Bank", "Bank", "LOC", "PSE", ""),
    ("Saudi-led coalition", "coalition", None, "", "MIL"),
    ("Russian and Syrian warplanes", "warplanes", None, "", "MIL"),
    # states, capitals, ground
    ("Turkey", "Turkey", "GPE", "TUR", "GOV"),
    ("the United States", "States", "GPE", "USA", "GOV"),
    ("US", "US", "GPE", "USA", "GOV"),
    ("us", "us", None, "", ""),
    ("Moscow", "Moscow", "GPE", "RUS", "GOV"),
    ("central Moscow", "Moscow", "GPE", "RUS", ""),
    ("northern Syria", "Syria", "GPE", "SYR", ""),
    ("Moscow court", "court", None, "RUS", "JUD"),
    ("Taiwan", "Taiwan", "GPE", "TWN", "GOV"),
    ("Palestinian security officials", "officials", None, "PSE", "COP"),
    ("Palestinians", "Palestinians", "NORP", "PSE", "CIV"),
    ("turkey", "turkey", None, "", ""),
    ("Smallville", "Smallville", "GPE", "", ""),
    ("Gaza Strip", "Strip", "LOC", "PSE", ""),
    ("New Mexico", "Mexico", "GPE", "USA", ""),
    ("The Kremlin", "Kremlin", "ORG", "RUS", "GOV"),
    ("White House", "House", "ORG", "USA", "GOV"),
    ("Pentagon", "Pentagon", "ORG", "USA", "MIL"),
    ("North and South Korea", "North", None, "PRK", "GOV"),
    # organisations and groups
    ("members of the Security Council", "members", None, "", "IGO"),
    ("Kurdistan regional government", "government", None, "IRQ", "GOV"),
    ("Islamic State militants", "militants", None, "", "IMG"),
    ("ISIS", "ISIS", "ORG", "", "IMG"),
    ("Isis", "Isis", "ORG", "", "IMG"),
    ("Hezbollah fighters", "fighters", None, "LBN", "REB"),
    ("Hamas police", "police", None, "PSE", "COP"),
    ("PKK", "PKK", "ORG", "TUR", "REB"),
    ("Al Qaida", "Qaida", "ORG", "", "IMG"),
    ("al-Qaeda leader", "leader", None, "", "IMG"),
    ("UN peacekeepers", "peacekeepers", None, "", "IGO"),
    ("U.N. Security Council", "Council", "ORG", "", "IGO"),
    ("NATO", "NATO", "ORG", "", "IGO"),
    ("Congress", "Congress", "ORG", "USA", "LEG"),
    ("Peruvian Congress", "Congress", "ORG", "PER", "LEG"),
    ("Supreme Court of Pakistan", "Court", "ORG", "PAK", "JUD"),
    ("Bolivian Workers' Federation Union", "Union", "ORG", "BOL", "LAB"),
    ("New York Times reporter", "reporter", None, "USA", "MED"),
    # people
    ("Russian President Vladimir Putin", "Putin", "PERSON", "RUS", "GOV"),
    ("Russian President Vladimir Putin", "President", None, "RUS", "GOV"),
    ("Putin's spokesman", "spokesman", None, "RUS", "GOV"),
    ("Ruritanian-born Dr. Ada Quill", "Quill", "PERSON", "", ""),
    ("Norwegian Fisheries Minister Solveig Ekdal", "Ekdal", "PERSON", "NOR", "GOV"),
    ("Solveig Ekdal, the Norwegian fisheries minister", "Ekdal", "PERSON", "NOR", "GOV"),
    ("Iraqi journalist Sami Qadir", "Qadir", "PERSON", "IRQ", "MED"),
    ("FCO Minister Ada Quill", "Quill", "PERSON", "GBR", "GOV"),
    ("Prime Minister-designate Ada Quill", "Quill", "PERSON", "", "GOV"),
    ("Gen. Orrin Vance", "Vance", "PERSON", "", "MIL"),
    ("Michael Jordan", "Jordan", "PERSON", "", ""),
    ("Chad Miller", "Miller", "PERSON", "", ""),
    ("Lena Putin", "Putin", "PERSON", "", ""),
    ("he", "he", None, "", ""),
]


@pytest.mark.parametrize(("phrase", "head", "label", "country", "sector"), PHRASES)
def test_country_and_sector(phrase: str, head: str, label: str | None, country: str, sector: str) -> None:
    code = CODER.code(phrase, head=head, label=label)
    assert (code.country_code or "", code.sector or "") == (country, sector)


@pytest.mark.parametrize(
    ("phrase", "head", "label", "name"),
    [
        ("Russian President Vladimir Putin", "Putin", "PERSON", "Vladimir Putin"),
        ("SDF", "SDF", "ORG", "Syrian Democratic Forces"),
        ("Moscow", "Moscow", "GPE", "Russia"),
        ("Norwegian Fisheries Minister Solveig Ekdal", "Ekdal", "PERSON", "Solveig Ekdal"),
        ("Mr. Omar bin Tariq's", "Tariq", "PERSON", "Omar bin Tariq"),
        ("Islamic State militants", "militants", None, "Islamic State"),
        ("Hamas spokesman", "spokesman", None, None),
        ("14 soldiers", "soldiers", None, None),
        ("Blue River Front", "Front", "ORG", "Blue River Front"),
    ],
)
def test_name(phrase: str, head: str, label: str | None, name: str | None) -> None:
    assert CODER.code(phrase, head=head, label=label).name == name


@pytest.mark.parametrize(
    ("phrase", "head", "label", "kind"),
    [
        ("Vladimir Putin", "Putin", "PERSON", "person"),
        ("Ada Quill", "Quill", "PERSON", "person"),
        ("14 soldiers", "soldiers", None, "person"),
        ("at least 90", "90", None, "person"),
        ("who", "who", None, "person"),
        ("they", "they", None, "group"),
        ("Syrian forces", "forces", None, "group"),
        ("Islamic State", "State", "ORG", "group"),
        ("United Nations", "Nations", "ORG", "organisation"),
        ("the ministry", "ministry", None, "organisation"),
        ("Turkey", "Turkey", "GPE", "state"),
        ("northern Syria", "Syria", "GPE", "place"),
        ("two towns", "towns", None, "place"),
        ("Iraqi army headquarters", "headquarters", None, "thing"),
        ("chemical weapons", "weapons", None, "thing"),
        ("it", "it", None, None),
        ("gadgetry", "gadgetry", None, None),
    ],
)
def test_kind(phrase: str, head: str, label: str | None, kind: str | None) -> None:
    assert CODER.kind(phrase, head=head, label=label) == kind


@pytest.mark.parametrize(
    ("phrase", "on", "sector"),
    [
        ("Taliban", date(2015, 6, 1), "REB"),
        ("Taliban", date(2022, 6, 1), "GOV"),
        ("Taliban", None, "GOV"),
        ("Barack Obama", date(2010, 1, 1), "GOV"),
        ("Barack Obama", date(2020, 1, 1), None),
        ("Tillerson", date(2017, 6, 1), "GOV"),
        ("Tillerson", date(2020, 6, 1), None),
    ],
)
def test_sector_on_a_day(phrase: str, on: date | None, sector: str | None) -> None:
    assert CODER.code(phrase, head=phrase.rsplit(maxsplit=1)[-1], on=on).sector == sector


def test_one_alias_of_two_people_goes_by_the_day_and_without_one_says_nothing() -> None:
    def name(on: date | None) -> str | None:
        return CODER.code("President Bush", head="Bush", label="PERSON", on=on).name

    assert name(date(1991, 2, 1)) == "George H.W. Bush"
    assert name(date(2003, 2, 1)) == "George W. Bush"
    assert CODER.code("President Bush", head="Bush", label="PERSON").actor_id is None


@pytest.mark.parametrize(
    ("phrase", "head", "found"),
    [
        ("British and French officials", "officials", [("British", "GBR"), ("French", "FRA")]),
        (
            "Senior Chadian, Malian and Nigerien officers",
            "officers",
            [("Chadian", "TCD"), ("Malian", "MLI"), ("Nigerien", "NER")],
        ),
        ("North and South Korea", "Korea", [("North", "PRK"), ("South Korea", "KOR")]),
        ("two Koreas", "Koreas", [("two Koreas", "PRK"), ("two Koreas", "KOR")]),
        ("French officials", "officials", []),
        ("UK-based French officials", "officials", []),
        ("officials of Chad and Mali", "officials", []),
    ],
)
def test_people_of_several_countries_are_told_apart(phrase: str, head: str, found: list[tuple[str, str]]) -> None:
    nations = CODER.nations(phrase, head=head)
    assert [(phrase[start:end], code.country_code) for start, end, code in nations] == found


def test_a_son_is_not_his_father() -> None:
    assert CODER.code("Donald Trump", head="Trump", label="PERSON").actor_id == "donald-trump"
    assert CODER.code("Donald Trump Jr.", head="Trump", label="PERSON").actor_id is None
    assert CODER.code("Ferdinand Marcos Jr.", head="Marcos", label="PERSON").actor_id == "ferdinand-marcos-jr"


def test_a_users_table_comes_before_the_shipped_ones(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("# ours\nname,aliases,country_code,sector\nHamas,Harakat,PSE,GOV\nBlue River Front,BRF,SOM,REB\n")
    coder = ActorCoder.load(table)
    assert coder.code("Hamas", head="Hamas").sector == "GOV"
    brf = coder.code("BRF fighters", head="fighters")
    assert (brf.name, brf.country_code, brf.sector) == ("Blue River Front", "SOM", "REB")
    assert CODER.code("Hamas", head="Hamas").sector == "REB"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Blue River Front,,Somalia,REB", "line 3: country_code 'Somalia'"),
        ("Blue River Front,,SOM,REBEL", "line 3: sector 'REBEL'"),
        (",BRF,SOM,REB", "line 3: name is empty"),
    ],
)
def test_a_bad_row_of_a_users_table_names_file_and_line(tmp_path: Path, row: str, message: str) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(f"# ours\nname,aliases,country_code,sector\n{row}\n")
    with pytest.raises(seeds.SeedError, match=message) as error:
        ActorCoder.load(table)
    assert "mine.csv" in str(error.value)


def test_a_missing_user_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(seeds.SeedError, match=r"none\.csv: no such file"):
        ActorCoder.load(tmp_path / "none.csv")


@given(st.text(max_size=60), st.text(max_size=15), st.sampled_from(LABELS))
def test_no_text_breaks_the_coder(phrase: str, head: str, label: str | None) -> None:
    CODER.code(phrase, head=head, label=label, on=date(2020, 1, 1))
    CODER.kind(phrase, head=head, label=label)


@given(
    st.lists(
        st.sampled_from(
            (
                "Turkish Russia 's -backed President Putin police of the in , Hamas al - 14 U.S. and army US Ali "
                "UN Security Council"
            ).split()
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(LABELS),
)
def test_no_mixture_of_known_words_breaks_the_coder(words: list[str], label: str | None) -> None:
    code = CODER.code(" ".join(words), head=words[-1], label=label)
    assert code.country_code is None or len(code.country_code) == 3


def test_no_word_of_a_known_name_as_head_breaks_the_coder() -> None:
    names = [row["name"] for table in ("organisations", "people") for row in seeds.read_table(f"actors/{table}")]
    for name in names:
        for head in name.split():
            CODER.code(f"the {name}", head=head)
            CODER.kind(f"the {name}", head=head)


def test_an_owner_known_from_elsewhere_lends_what_the_phrase_leaves_open() -> None:
    group = ActorCode("Blue Reef Front", None, "FJI", "REB")
    assert _pair(CODER.code("leader", head="leader", owner=group)) == ("FJI", "REB")
    assert _pair(CODER.code("navy", head="navy", owner=group)) == ("FJI", "MIL")
    assert _pair(CODER.code("French wing", head="wing", owner=group))[0] == "FRA"
    assert _pair(CODER.code("budget", head="budget", owner=group)) == (None, None)


def _pair(code: ActorCode) -> tuple[str | None, str | None]:
    return code.country_code, code.sector


def test_long_names_are_found_where_they_stand() -> None:
    text = "Troops of the Islamic State of Iraq and Syria fled."
    assert [text[start:end] for start, end in CODER.long_names(text)] == ["Islamic State of Iraq and Syria"]
