"""Tables of codes and their meanings: seed tables, for joins."""

from warehouse.schema import Column, Table, Type
from warehouse.tables import ISO3

TEXT, INTEGER, REAL = Type.TEXT, Type.INTEGER, Type.REAL

EVENT_TYPES = Table(
    "event_types",
    "The sixteen event types of PLOVER.",
    (
        Column("event_type", TEXT, "PLOVER type.", nullable=False, key=True),
        Column("quad_class", TEXT, "Verbal or material, cooperation or conflict.", nullable=False),
        Column("intensity", REAL, "PLOVER intensity.", "-10 (conflict) to +10", nullable=False),
        Column("cameo_root", TEXT, "CAMEO root code where the mode names no other.", nullable=False),
        Column("planned_type", TEXT, "The type that PLOVER gives to a plan of this act.", nullable=False),
        Column("description", TEXT, "What it covers.", nullable=False),
    ),
)

MODES = Table(
    "modes",
    "PLOVER modes: the second level of event types.",
    (
        Column("event_type", TEXT, "PLOVER type.", nullable=False, key=True),
        Column("mode", TEXT, "PLOVER mode.", nullable=False, key=True),
        Column("intensity", REAL, "PLOVER intensity.", "-10 (conflict) to +10", nullable=False),
        Column("cameo_root", TEXT, "CAMEO root code."),
        Column("description", TEXT, "What it covers."),
    ),
)

COUNTRIES = Table(
    "countries",
    "Countries and territories.",
    (
        Column("country_code", TEXT, "The code that the other tables use.", ISO3, nullable=False, key=True),
        Column("name", TEXT, "English name.", nullable=False),
    ),
)

CAMEO_CODES = Table(
    "cameo_codes",
    "The CAMEO reading of PLOVER types and modes, with the Goldstein scale.",
    (
        Column("event_type", TEXT, "PLOVER type.", nullable=False, key=True),
        Column("mode", TEXT, "PLOVER mode; 'any' for the reading without one.", nullable=False, key=True),
        Column("cameo_code", TEXT, "CAMEO code, of three or four digits.", nullable=False),
        Column("cameo_text", TEXT, "What CAMEO calls it.", nullable=False),
        Column("goldstein", REAL, "Goldstein scale of the code.", "-10 (conflict) to +10", nullable=False),
    ),
)

SECTOR_CODES = Table(
    "sector_codes",
    "What other data sets call the sectors of actors; null where they have no word for one.",
    (
        Column("sector", TEXT, "Role in society, as participants have it.", nullable=False, key=True),
        Column("cameo_role", TEXT, "CAMEO role, as GDELT and Phoenix have it.", nullable=False),
        Column("icews_sector", TEXT, "ICEWS's name of the general sector.", nullable=False),
        Column("acled_actor_kind", TEXT, "ACLED's kind of actor (inter1, inter2)."),
    ),
)

COUNTRY_CODES = Table(
    "country_codes",
    "Codes of countries in other data sets; from GeoNames, CC BY 4.0.",
    (
        Column("country_code", TEXT, "The code that the other tables use.", ISO3, nullable=False, key=True),
        Column("fips", TEXT, "FIPS 10-4, as GDELT's places have it."),
        Column("iso_numeric", INTEGER, "ISO 3166-1 numeric, as ACLED has it."),
    ),
)

SEEDED = {
    "seed_actors": ("actors/organisations", "actors/people"),
    "event_types": ("lexicon/event_types",),
    "modes": ("lexicon/modes",),
    "countries": ("actors/countries",),
    "cameo_codes": ("crosswalks/cameo_codes",),
    "sector_codes": ("crosswalks/sector_codes",),
    "country_codes": ("crosswalks/country_codes",),
}
"""Tables that hold seed tables, and which; rows without a key (peoples of no one country, say) are left out."""

CODE_TABLES = (EVENT_TYPES, MODES, COUNTRIES, CAMEO_CODES, SECTOR_CODES, COUNTRY_CODES)
"""The tables in the order of making."""
