"""Runs one golden case against the package.

`apply(case)` returns what `expected` is compared with; `spans(case)` returns the source spans of the case's
normalized spans. An operation that does not exist yet raises NotImplementedError.
"""

import functools
import json
import random
from pathlib import Path

import rasd

PRESETS = ("light", "feedback", "search")

# Golden operation -> rule and value, where they are not called the same.
MASKS = ("url", "email", "mention", "iban", "card", "national_id", "phone", "number")
RULES = {f"mask_{kind}": (f"mask_{kind}", "mask") for kind in MASKS}
RULES["mask_person_staff"] = ("mask_person", "mask")
SWITCHES = [
    "arabizi_to_arabic",
    "collapse_punct",
    "collapse_ws",
    "digits_ascii",
    "emoticons_tag",
    "expand_contractions",
    "expand_ligatures",
    "expand_slang",
    "fix_keyboard_layout",
    "fix_mojibake",
    "fold_alef",
    "fold_alef_maksura",
    "fold_foreign_letters",
    "fold_hamza",
    "fold_hamza_uniform",
    "fold_presentation",
    "fold_teh_marbuta",
    "html",
    "lowercase",
    "normalize_laughter",
    "number_separators",
    "punct_ascii",
    "remove_stopwords",
    "restore_teh_marbuta",
    "smart_quotes",
    "space_after_punct",
    "spell_fix",
    "split_script_boundary",
    "strip_bidi",
    "strip_controls",
    "strip_dagger_alef",
    "strip_list_markers",
    "strip_quranic",
    "strip_tashkeel",
    "strip_tatweel",
    "strip_zalgo",
    "strip_zero_width",
    "undecorate",
    "unescape_excel",
    "unicode_nfc",
    "unicode_nfkc",
    "unify_lookalikes",
]
RULES.update({name: (name, "on") for name in SWITCHES})
# A word alone has no context: the operation asks what it means. The caller compares by search keys.
RULES["dialect_map"] = ("dialect_map", "all")
RULES["coda"] = ("coda_spelling", "on")
VALUES = {
    "dialect_map": ("clear", "all"),
    "emoji": ("strip", "keep", "text_en", "text_ar", "polarity"),
    "hashtag": ("segment", "keep"),
    "reduce_elongation": ("1", "2", "lexicon"),
}


@functools.cache
def normalizer(ops):
    """The normalizer of a tuple of operations."""
    if ops == ("default",):
        return rasd.Normalizer("feedback")
    if ops == ("search_key",):
        return rasd.Normalizer("search")
    rules = {}
    for op in ops:
        name, _, value = op.partition(":")
        if op in RULES:
            rule, setting = RULES[op]
        elif value in VALUES.get(name, ()):
            rule, setting = name, value
        else:
            raise NotImplementedError(op)
        rules[rule] = setting
    return rasd.Normalizer(None, **rules)


def source(case):
    """The input of a case as str."""
    if case.get("input_repeat"):
        text, times = case["input_repeat"]
        return text * times
    if case.get("input_hex") is not None:
        return bytes.fromhex(case["input_hex"]).decode("utf-8", "replace")
    return case["input"]


def apply(case):
    """What `expected` of the case is compared with."""
    expected = case.get("expected")
    if isinstance(expected, dict) and "property" in expected:
        return prove(expected["property"])
    text = source(case)
    ops = tuple(case["ops"])
    if ops == ("decode_lossy",):
        return text
    if len(ops) == 1 and ops[0] in ANSWERS:
        return ANSWERS[ops[0]](text)
    return normalizer(ops)(text)


def spans(case):
    """The source spans, in code points, of the case's `spans`."""
    run = normalizer(tuple(case["ops"]))
    return [
        {"norm": span["norm"], "orig": list(run.source_span(source(case), *span["norm"]))} for span in case["spans"]
    ]


DIALECTS = {
    "egyptian": "EGY",
    "gulf": "GLF",
    "levantine": "LEV",
    "iraqi": "IRQ",
    "maghrebi": "MGR",
    "msa": "MSA",
}


def rating(text):
    """The rating in the text as the golden cases tell it."""
    found = rasd.extract_rating(text)
    return {"rating": found and found["value"], "scale": found and found["scale"]}


ANSWERS = {
    "lang_id": lambda text: {"lang": rasd.detect_language(text)},
    "is_empty_comment": lambda text: {"empty": rasd.is_no_comment(text)},
    "is_gibberish": lambda text: {"gibberish": rasd.is_gibberish(text)},
    "dialect_id": lambda text: {"dialect": DIALECTS.get(rasd.dialect_cue(text))},
    "split_clauses": lambda text: {"clauses": [text[start:end] for start, end, _ in rasd.clauses(text)]},
    "extract_rating": rating,
    "negation_scope": lambda text: {"negated": [text[start:end] for _, (start, end) in rasd.negations(text)]},
    "segment_proclitics": lambda text: {"segments": rasd.segment_proclitics(text)},
}


def golden_inputs():
    """The inputs of every golden case next to this file."""
    for path in sorted(Path(__file__).parent.glob("*.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            case = json.loads(line)
            if case.get("input") is not None or case.get("input_hex") is not None:
                yield source(case)


def prove(name):
    """A property over every golden input and every preset."""
    held = {
        "idempotent": idempotent,
        "light_is_lossless": light_is_lossless,
        "no_panic_fuzz": no_panic_fuzz,
    }.get(name)
    if held is None:
        raise NotImplementedError(f"property {name}")
    return {"property": name} if held() else {"property": f"not {name}"}


def idempotent():
    """A preset applied twice equals it applied once."""
    for preset in PRESETS:
        run = rasd.Normalizer(preset)
        for text in golden_inputs():
            once = run(text)
            if run(once) != once:
                return False
    return True


def light_is_lossless():
    """The light preset keeps every letter, digit and emoji of clean NFC text."""
    run = rasd.Normalizer("light")
    clean = ["الخِدمة سيّئة جدًّا، انتظرت ٤٥ دقيقة!", "Bad service 👎🏽 at 10:30, café №5", "عائلة 👨‍👩‍👧 🇸🇦 1️⃣"]
    return all(run(text) == text for text in clean)


def no_panic_fuzz(count=100_000):
    """Random strings come back as valid text."""
    rng = random.Random(0)
    ranges = [
        (0, 0x2FF),
        (0x600, 0x6FF),
        (0x2000, 0x206F),
        (0xFB50, 0xFEFF),
        (0x1F000, 0x1FAFF),
        (0xE0000, 0xE007F),
        (0, 0x10FFFF),
    ]
    texts = []
    for _ in range(count):
        low, high = rng.choice(ranges)
        texts.append("".join(chr(rng.randint(low, high)) for _ in range(rng.randint(0, 24))))
    for preset in PRESETS:
        for text in rasd.Normalizer(preset).batch(texts):
            text.encode("utf-8")
    return True
