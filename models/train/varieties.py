"""What a row speaks and of what: names of varieties and domains, shared by the measures and the card.

The sets mark varieties in their own ways; a set that marks none is described as its authors describe the whole of it.
"""

import re

ARABIC = re.compile("[\u0620-\u064a]")

# Marks of the sets -> (place, label of the dialect head). `magreb`, `NOR` and the like name no country.
MARKS = {
    "msa": ("MSA", "msa"),
    "egypt": ("Egyptian", "egyptian"),
    "egy": ("Egyptian", "egyptian"),
    "cai": ("Egyptian", "egyptian"),
    "gulf": ("Gulf", "gulf"),
    "glf": ("Gulf", "gulf"),
    "sau": ("Saudi", "gulf"),
    "saudi": ("Saudi", "gulf"),
    "doh": ("Qatari", "gulf"),
    "levant": ("Levantine", "levantine"),
    "lev": ("Levantine", "levantine"),
    "lav": ("Levantine", "levantine"),
    "pal": ("Palestinian", "levantine"),
    "jor": ("Jordanian", "levantine"),
    "leb": ("Lebanese", "levantine"),
    "syr": ("Syrian", "levantine"),
    "bei": ("Lebanese", "levantine"),
    "irq": ("Iraqi", "iraqi"),
    "magreb": ("Maghrebi", "maghrebi"),
    "mgr": ("Maghrebi", "maghrebi"),
    "nor": ("Maghrebi", "maghrebi"),
    "mar": ("Moroccan", "maghrebi"),
    "rab": ("Moroccan", "maghrebi"),
    "tun": ("Tunisian", "maghrebi"),
    "jor|msa": ("Jordanian or MSA", None),
}
# Sets whose rows carry no mark.
WHOLE_SETS = {
    "amazon_sa_reviews": "Gulf or MSA",
    "astd": "Egyptian or MSA",
    "elsahar_res1": "Gulf or MSA",
    "semeval16_hotels_ar": "MSA",
    "semeval16_hotels_ar_review": "MSA",
}
# A reader asks for these; the card names those without a test.
ASKED = [
    "MSA", "Egyptian", "Saudi", "Kuwaiti", "Emirati", "Omani", "Yemeni", "Iraqi", "Jordanian", "Palestinian", "Lebanese",
    "Syrian", "Sudanese", "Libyan", "Tunisian", "Algerian", "Moroccan", "Arabic in Latin letters", "English",
]  # fmt: skip
DOMAINS = {
    "ajgt": "tweets",
    "amazon_eg_reviews": "shop reviews",
    "amazon_sa_reviews": "shop reviews",
    "arsarcasm_v2": "tweets",
    "arsas": "tweets",
    "astd": "tweets",
    "atsad_emoji_tweets": "tweets",
    "elsahar_prod": "shop reviews",
    "elsahar_res1": "restaurants",
    "elsahar_res2": "restaurants",
    "goemotions_en": "forum comments",
    "labr_part": "books",
    "mac_moroccan": "tweets",
    "saudi_tourism": "tourist places",
    "semeval16_hotels_ar": "hotels",
    "semeval16_hotels_ar_review": "hotels",
    "sst5_en": "films",
    "tsac_tunisian": "Facebook comments",
    "us_airline_tweets": "airlines",
    "womens_clothing_en": "shop reviews",
}
ASKED_DOMAINS = [
    "answers to a survey's open question", "banking", "telecom", "insurance", "health care", "public services", "education",
    "delivery and rides", "mobile apps", "call-centre notes", "shop reviews", "restaurants", "hotels", "airlines",
]  # fmt: skip


def place(mark):
    """The place a mark names, or None.

    >>> place("EGY"), place(None)
    ('Egyptian', None)
    """
    return MARKS.get((mark or "").lower(), (None, None))[0]


def family(mark):
    """The dialect head's label of a mark, or None.

    >>> family("RAB")
    'maghrebi'
    """
    return MARKS.get((mark or "").lower(), (None, None))[1]


def variety(row):
    """Language and, where it is known, dialect of a row.

    >>> variety({"set": "tsac_tunisian", "lang": "mixed", "dialect": "TUN", "text": "barcha behi"})
    'Arabic in Latin letters'
    """
    if row["lang"] == "en":
        return "English"
    if not ARABIC.search(row["text"]):
        return "Arabic in Latin letters"
    return place(row["dialect"]) or WHOLE_SETS.get(row["set"]) or "Arabic, not marked"


def domain(row):
    return DOMAINS.get(row["set"], "other")


def untested(asked, tested):
    """Of the names asked for, those that no tested name speaks of.

    >>> untested(["MSA", "Iraqi"], ["Egyptian or MSA"])
    ['Iraqi']
    """
    return [name for name in asked if not any(name in other for other in tested)]
