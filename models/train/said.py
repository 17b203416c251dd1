"""Rows for the heads of what a comment says: topics, kind and emotion, from sets, the taxonomy and the written probe.

A row: text (normalized), lang, split, set, weight; `topics` with `can`, the topics that its source can say at all;
`kind`; `emotion`; `sarcasm`; `sentiment` where it is implied; None where the source does not tell. Test rows are made here too and read by the measures alone.
"""

import hashlib
import json
import random

import common
import tomllib

HEADS = ("topics", "kind", "emotion", "sarcasm")  # fields that the sets can tell
TAXONOMY = common.HERE.parents[1] / "src/taxonomy"
PROBE, WRITTEN = common.HERE / "probe", common.HERE / "written"
REVIEWS = {"semeval16_hotels_ar", "semeval16_hotels_ar_review", "mams_acsa_en", "womens_clothing_en", "saudi_tourism"}
REVIEWS |= {"amazon_eg_reviews"}
FOLDS = 10  # of the written sentences; the last calibrates
KIND_OF = {"negative": "complaint", "positive": "praise"}
# What nobody says of a garment or a gadget bought online.
NOT_OF_PRODUCTS = ["food", "cleanliness", "booking", "chatbot", "login_security", "policy_procedure", "location_access"]


def asked(text, config):
    """A question by its mark or its first word."""
    words = text.replace("؟", " ؟").replace("?", " ?").split()
    marked = any(word in ("?", "؟") for word in words)
    return marked or (bool(words) and words[0] in {*config["said"]["asks"]["ar"], *config["said"]["asks"]["en"]})


def topics_of(row, config):
    """(topics, the topics its source can say), or (None, None)."""
    said, labels = config["said"], config["said"]["topic_labels"]
    if row["topics"] is not None:
        able = set(config["topics"][row["set"].removesuffix("_review")].values())
        can = {said["aspects"][name] for name in able if name in said["aspects"]}
        return sorted({said["aspects"][name] for name in row["topics"] if name in said["aspects"]}), sorted(can)
    if row["intent"] and "banking" in row["set"]:
        return said["intents"].get(row["intent"], []), labels
    if row.get("request"):
        return said["requests"].get(row["request"], []), labels
    if row["set"] in ("womens_clothing_en", "amazon_eg_reviews"):
        return ["product_quality"], ["product_quality", *NOT_OF_PRODUCTS]
    return ([], labels) if row["set"] in said["off_topic"] else (None, None)


def kind_of(row, config):
    """The kind that a row's own labels and form imply, or None."""
    problems, name = config["said"]["problems"], row["set"]
    if name in REVIEWS:
        if row["sentiment"] == "neutral" and name == "saudi_tourism":
            return "other"
        return KIND_OF.get(row["sentiment"])
    problem = row["intent"] in problems["banking"] or row.get("request") in problems["shopping"]
    if row["intent"] or row.get("request"):
        if asked(row["text"], config):
            return None if problem else "question"
        return "complaint" if problem else "other"
    if name == "goemotions_en" and row.get("emotion"):
        if row.get("emotion") == "neutral":
            return "question" if "?" in row["text"] else "other"
        return {"gratitude": "praise", "joy": "praise", "worry": None}.get(row.get("emotion"), "complaint")
    if name in ("tatoeba_en_ar", "shami_levantine"):
        return "question" if asked(row["text"], config) else "other"
    return None


def from_sets(config):
    """The prepared rows and their variants."""
    settings = config["said"]
    rows = common.prepared("train", "dev", "test") + common.varied(config)
    for name in sorted({row["set"] for row in rows}):
        mine = [row for row in rows if row["set"] == name]
        for split in ("train", "dev", "test"):
            part = [row for row in mine if row["split"] == split]
            most = settings["rows"].get(name, len(part)) if split == "train" else settings["held_rows"]
            chosen = {row["id"] for row in common.drawn([r for r in part if "kind" not in r], most)}
            for row in part:
                if row["id"].partition("#")[0] not in chosen:
                    continue
                topics, can = topics_of(row, config)
                found = made(
                    row["text"], row["lang"], split, name, settings["weight"].get(name, 1.0), row["id"], topics, can
                )
                found |= {"kind": kind_of(row, config), "emotion": row.get("emotion"), "sarcasm": row.get("sarcasm")}
                if name in settings["off_topic"]:
                    found |= {"cues": [], "actor": "none"}
                if "banking" in name:  # a problem that is told, not asked about, is felt
                    found["sentiment"] = {"complaint": "negative", "question": "neutral"}.get(found["kind"])
                if any(found[head] is not None for head in HEADS):
                    yield found


def made(text, lang, split, name, weight, number, topics=None, can=None, kind=None, emotion=None):
    """A row of this step."""
    return {
        "id": number, "text": text, "lang": lang, "split": split, "set": name, "weight": weight,
        "topics": topics, "can": can, "kind": kind, "emotion": emotion, "sarcasm": None, "sentiment": None, "cues": None, "actor": None,
    }  # fmt: skip


def taxonomy(name):
    """A file of the taxonomy."""
    return tomllib.loads((TAXONOMY / f"{name}.toml").read_text(encoding="utf-8"))


def language(phrase):
    """A phrase's language by its letters."""
    return "en" if phrase.isascii() else "ar"


def filled(phrase, slots, draw):
    """A phrase with its slots filled and its gaps closed."""
    words = []
    for word in phrase.replace(" .. ", " ").split():
        if word.startswith("{") and word.endswith("}"):
            words += draw.choice(slots[word[1:-1]]).split()
        else:
            words.append(word)
    return " ".join(words)


def from_taxonomy(config):
    """Seed phrases of topics, alone and two by two, markers of kinds, words of emotions."""
    labels, draw = config["said"]["topic_labels"], random.Random(config["seed"])
    weight, wishes = config["said"]["weight"]["seeds"], config["said"]["wishes"]
    seeds = []
    for topic in taxonomy("topics")["topic"]:
        own = [topic["id"]] if topic["id"] in labels else []
        for variety, phrases in topic["seeds"].items():
            seeds += [(phrase, "en" if variety == "english" else "ar", variety, own) for phrase in phrases]
        for lang, phrases in topic.get("not", {}).items():
            for k, phrase in enumerate(phrases):
                yield made(phrase, lang, "train", "seeds", weight, f"not {topic['id']} {lang} {k}", [], own)
    for k, (phrase, lang, _, own) in enumerate(seeds):
        yield made(phrase, lang, "train", "seeds", weight, f"seed {k}", own, labels)
    for k in range(3 * len(seeds)):
        one = draw.choice(seeds)
        two = draw.choice([seed for seed in draw.sample(seeds, 60) if seed[2] == one[2]] or [one])
        joint = {"en": [" and ", ", ", " but "], "ar": [" و", "، ", " بس "]}[one[1]]
        text = one[0] + draw.choice(joint) + two[0]
        yield made(text, one[1], "train", "pairs", weight / 4, f"pair {k}", sorted({*one[3], *two[3]}), labels)
    for kind in taxonomy("kinds")["kind"]:
        for markers in kind["markers"]:
            for k, phrase in enumerate(markers["phrases"]):
                lang = language(phrase)
                number = f"{kind['id']} {markers.get('variety')} {markers['strength']} {k}"
                if kind["id"] == "suggestion":
                    for j in range(4):
                        text = f"{phrase} {draw.choice(wishes[lang])}"
                        yield made(text, lang, "train", "kinds", weight / 2, f"{number} {j}", kind="suggestion")
                elif markers["strength"] == "strong":
                    yield made(phrase, lang, "train", "kinds", weight / 2, number, kind=kind["id"])
    for emotion in taxonomy("emotions")["emotion"]:
        for words in emotion.get("words", []):
            for k, phrase in enumerate(words["phrases"]):
                number = f"{emotion['id']} {words.get('variety')} {words['intensity']} {k}"
                yield made(phrase, language(phrase), "train", "emotions", weight / 2, number, emotion=emotion["id"])


def from_cues(config):
    """Markers of cues and actors with their slots filled; a sentence of no cue comes from elsewhere."""
    draw, weight = random.Random(config["seed"]), config["said"]["weight"]["seeds"] / 2
    file = taxonomy("cues")
    slots = {
        **file["slots"],
        **file["companies"],
        "company": [name for names in file["companies"].values() for name in names],
    }
    for part, field in (("cue", "cues"), ("actor", "actor")):
        for entry in file[part]:
            for number, markers in enumerate(entry["markers"]):
                if markers["strength"] != "strong":
                    continue
                for k, phrase in enumerate(markers["phrases"]):
                    text = filled(phrase, slots, draw)
                    row = made(text, language(text), "train", "cues", weight, f"{part} {entry['id']} {number} {k}")
                    yield row | {field: [entry["id"]] if part == "cue" else entry["id"]}


def fold(text):
    """Which of ten parts a sentence lies in."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % FOLDS


def from_probe(config):
    """The written probe; its dev half may be learned from, its test half is only measured on."""
    for half, split in (("dev", "train"), ("test", "test")):
        for line in (PROBE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known = made(
                row["text"], row["lang"], split, "probe", config["said"]["weight"]["probe"], row["id"],
                row["topics"], config["said"]["topic_labels"], row["kind"], row.get("emotion"),
            )  # fmt: skip
            known |= {"cues": sorted({cue["cue"] for cue in row["cues"]}), "actor": row["actor"] or "none"}
            yield known | {
                "sentiment": row["sentiment"],
                "variety": row["variety"],
                "hard": row["hard"],
            }


def from_written(config):
    """Sentences written to learn from, a file a variety: `written` tells no cues, `cues` tells everything."""
    for path in sorted([*WRITTEN.glob("*.tsv"), *WRITTEN.glob("cues/*.tsv")]):
        of_cues, weight = path.parent != WRITTEN, config["said"]["weight"]["written"]
        for k, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            *cues, kind, topics, sentiment, emotion, text = line.split("\t")
            name = f"written {'cues ' * of_cues}{path.stem}"
            row = made(
                text,
                language(text),
                "train",
                name,
                weight,
                f"{name} {k}",
                listed(topics),
                config["said"]["topic_labels"],
            )
            row |= {"kind": kind, "emotion": None if emotion == "-" else emotion, "sentiment": sentiment}
            if of_cues:
                row |= {"cues": listed(cues[0]), "actor": "none" if cues[1] == "-" else cues[1]}
            yield row | {"variety": path.stem, "fold": fold(text)}


def from_two(written, config):
    """Two sentences of one variety, one behind the other: a comment about several things. What it is about and its cues are
    those of both; its kind and sentiment are told where the two agree."""
    draw, whole = random.Random(config["seed"]), [row for row in written if row["cues"] is not None and learned(row)]
    for name in sorted({row["set"] for row in whole if row["set"].startswith("written")}):
        mine = [row for row in whole if row["set"] == name]
        for k in range(len(mine) // 3):
            one, two = draw.sample(mine, 2)
            text = one["text"] + draw.choice([". ", " ", "، " if one["lang"] == "ar" else ", ", "\n"]) + two["text"]
            row = made(text, one["lang"], "train", "two " + name, one["weight"] / 2, f"two {name} {k}")
            row |= {"topics": sorted({*one["topics"], *two["topics"]}), "can": one["can"]}
            row |= {"cues": sorted({*one["cues"], *two["cues"]})}
            yield row | {field: one[field] for field in ("kind", "sentiment") if one[field] == two[field]}


def listed(cell):
    return [] if cell == "-" else cell.split(",")


def rows(config):
    """Every row, normalized as served; sentences written here keep their own form as `raw`."""
    written = [*from_taxonomy(config), *from_cues(config), *from_probe(config), *from_written(config)]
    written += from_two(written, config)
    for row in written:
        row["raw"] = row["text"]
    for row, text in zip(written, common.normalizer(config).batch([row["text"] for row in written])):
        row["text"] = text
    return [*from_sets(config), *written]


def learned(row):
    """Whether weights may come from a row; a tenth of the written sentences calibrates. The taxonomy's phrases were chosen
    with the probe's dev half in view, so it cannot say what they are worth."""
    return row["split"] == "train" and not (row["set"].startswith("written") and row["fold"] == FOLDS - 1)


def held(row):
    """Whether a row calibrates."""
    return row["split"] == "dev" or (row["split"] == "train" and not learned(row))
