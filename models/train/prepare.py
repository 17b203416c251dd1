"""Data folder -> work/rows.jsonl: checked, normalized, one split for each near-duplicate cluster.

Law: a cluster never lies on both sides. Given test and dev rows and every row of `eval/` keep their place; a
training row in such a cluster is withheld. Clusters without a given split are dealt out by a hash of their text.
"""

import hashlib
import json
import random
import re

import common
import numpy as np

ALLOWED = {
    "AFL-3.0",
    "Apache-2.0",
    "BSD-3-Clause",
    "CC-BY-2.0-FR",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "CDLA-Sharing-1.0",
    "ISC",
    "MIT",
}
# Strings of a product under OSL-3.0 inside an otherwise permissive set.
LEFT_OUT_ORIGINS = {"mazenelmasry/magento2-language-ar_eg"}
NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|@\w+|\brt\b", re.IGNORECASE)
NOT_LETTERS = re.compile(r"[\W\d_]+")


def check(data):
    """Hashes and licences of every file of the manifest."""
    for name, entry in common.manifest().items():
        found = hashlib.sha256((data / entry["file"]).read_bytes()).hexdigest()
        if found != entry["sha256"]:
            raise SystemExit(
                f"{entry['file']}: sha256 {found}, expected {entry['sha256']}\nhint: data.toml pins the data; get that version"
            )
        trains = set(entry["use"]) - {"measure"}
        if trains and (not entry["file"].startswith("train/") or not set(entry["licence"].split(" AND ")) <= ALLOWED):
            raise SystemExit(
                f"data.toml: {name} is used for {sorted(trains)} but its folder or licence `{entry['licence']}` does not allow it"
            )


def sentiment(row, emotions):
    """negative, neutral, positive, or None where the label is missing or says several things."""
    if "emotions" in row:
        found = set(row["emotions"])
        signs = [sign for sign in ("negative", "positive") if found & set(emotions[sign])]
        if len(signs) == 1:
            return signs[0]
        return "neutral" if found == {"neutral"} else None
    value = row.get("sentiment")
    return value if value in common.LABELS else None


def emotion(row, config):
    """The one feeling of the taxonomy that a row says, or None."""
    felt = {name for name, found in config["said"]["emotions"].items() if set(found) & set(row.get("emotions", []))}
    return felt.pop() if len(felt) == 1 else None


def topics(row, config):
    """Shared topic names of a row, sorted, or None for a set without topics."""
    table = config["topics"].get(row["source"].removesuffix("_review"))
    if table is None or "aspect_category" not in row:
        return None
    found = set()
    for category in row["aspect_category"]:
        entity, _, attribute = category.partition("#")
        for key in (category, entity, "#" + attribute):
            if key in table:
                found.add(table[key])
    return sorted(found)


def intent(name, row):
    """The banking or assistant intent of a row; "out of scope" is none."""
    found = row.get("intent") if "banking" in name or name == "clinc150" else None
    return None if found == "oos" else found


def dialect_label(row, config):
    """The variety a row was marked with, in the head's names, or None."""
    table = config["dialects"].get(row["source"], {})
    return table.get(row.get("dialect"), table.get("*"))


def letters(text):
    """The text with URLs, users, RT, digits and punctuation dropped."""
    return NOT_LETTERS.sub(" ", NOT_WORDS.sub(" ", text.lower())).strip()


def signatures(texts, permutations, shingle, seed):
    """MinHash over character shingles: u64[n, permutations]. A short text is one shingle."""
    generator = np.random.default_rng(seed)
    a = generator.integers(1, 2**61, permutations, dtype=np.uint64) | np.uint64(1)
    b = generator.integers(0, 2**61, permutations, dtype=np.uint64)
    result = np.empty((len(texts), permutations), np.uint64)
    for start in range(0, len(texts), 20000):
        part = [text.ljust(shingle) for text in texts[start : start + 20000]]
        codes = np.frombuffer("".join(part).encode("utf-32-le"), np.uint32).astype(np.uint64)
        lengths = np.array([len(text) for text in part])
        ends = np.cumsum(lengths)
        rolled = np.zeros(len(codes), np.uint64)
        for k in range(shingle):
            rolled[: len(codes) - k] += codes[k:] * np.uint64(pow(1_000_003, k + 1, 2**64))
        inside = np.arange(len(codes)) <= np.repeat(ends - shingle, lengths)
        counts = lengths - shingle + 1
        offsets = np.concatenate([[0], np.cumsum(counts)[:-1]])
        rolled = rolled[inside]
        rolled ^= rolled >> np.uint64(29)
        for k in range(permutations):
            mixed = rolled * a[k] + b[k]
            result[start : start + len(part), k] = np.minimum.reduceat(mixed ^ (mixed >> np.uint64(32)), offsets)
    return result


def clusters(texts, keys, settings, seed):
    """Cluster number of each row: near-duplicate texts and rows with the same key lie together."""
    parent = list(range(len(texts)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(i, j):
        i, j = root(i), root(j)
        parent[max(i, j)] = min(i, j)

    for values in (keys, texts):
        first = {}
        for i, value in enumerate(values):
            if value:
                join(first.setdefault(value, i), i)
    # Only different texts are compared.
    distinct = list({text: i for i, text in reversed(list(enumerate(texts))) if text}.values())
    marks = signatures([texts[i] for i in distinct], settings["minhash_permutations"], settings["shingle"], seed)
    width = settings["minhash_permutations"] // settings["minhash_bands"]
    for band in range(settings["minhash_bands"]):
        columns = np.ascontiguousarray(marks[:, band * width : (band + 1) * width])
        order = np.lexsort(columns.T)
        ordered = columns[order]
        same = (ordered[1:] == ordered[:-1]).all(1)
        near = (marks[order[1:]] == marks[order[:-1]]).mean(1) >= settings["near_duplicate_jaccard"]
        for k in np.flatnonzero(same & near):
            join(distinct[order[k]], distinct[order[k + 1]])
    return [root(i) for i in range(len(texts))]


def load(data, config):
    """Every row that some step reads, with the fields the steps share."""
    emotions, prepare = config["emotions"], config["prepare"]
    rows = []
    for name, entry in common.manifest().items():
        for row in common.read_rows(data / entry["file"]):
            if row.get("origin") in LEFT_OUT_ORIGINS:
                continue
            text, english = row.get("text"), row.get("pair_text")
            if "en" in row:
                text, english = row["ar"], row["en"]
                if row.get("translation", "").startswith("machine") or row["lex"] < 0.8:
                    continue
            if english is not None and len(english.split()) > prepare["max_pair_words"] and row.get("split") != "test":
                continue
            if row.get("weak"):  # the emoji made the label
                text = common.EMOJI.sub(" ", text)
            given = "eval" if entry["file"].startswith("eval/") else row.get("split")
            if not set(entry["use"]) - {"measure"} and given == "train":
                given = "eval"
            rows.append(
                {
                    "set": name,
                    "id": row.get("id"),
                    "text": text,
                    "en": english,
                    "lang": row.get("lang") or "ar",
                    "dialect": row.get("dialect"),
                    "sentiment": sentiment(row, emotions),
                    "topics": topics(row, config),
                    "intent": intent(name, row),
                    "request": row.get("intent") if name == "bitext_support" else None,
                    "emotion": emotion(row, config),
                    "sarcasm": {True: "sarcastic", False: "plain"}.get(row.get("sarcasm")),
                    "dialect_label": dialect_label(row, config),
                    "weak": bool(row.get("weak")),
                    "split": given,
                    "key": f"hotel review {row['review_id']}" if row.get("review_id") else None,
                }
            )
    return rows


def split_rows(rows, config):
    """Writes the final split into each row; returns the clusters."""
    settings, seed = config["prepare"], config["prepare"]["seed"]
    texts = [letters(row["text"]) for row in rows]
    cluster = clusters(texts, [row["key"] for row in rows], settings, seed)
    unseen = set()
    for sets, many in settings["unseen_intents"].items():
        intents = sorted({row["intent"] for row in rows if row["intent"] and sets in row["set"]})
        unseen |= set(random.Random(seed).sample(intents, many))
    given = {}
    for row in rows:
        row["unseen"] = row["intent"] in unseen
        given.setdefault(row["set"], set()).add(row["split"])
    whole = {name for name, splits in given.items() if splits == {"train"}}
    kept, dealt = set(), {}
    for row, number in zip(rows, cluster):
        labelled = (
            any(row[field] is not None for field in ("sentiment", "topics")) or row["set"] in settings["dealt_sets"]
        )
        if labelled and row["split"] == "dev" and "test" not in given[row["set"]]:
            row["split"] = "test"  # the one held-out part a set gives is the one reported on
        if row["split"] in ("test", "dev", "eval") or row["unseen"]:
            kept.add(number)
        elif labelled:
            dealt.setdefault(number, set()).add(row["set"])
    for row, number in zip(rows, cluster):
        if row["split"] != "train":
            continue
        side = "train"
        if number in dealt:
            share = int(hashlib.sha256(texts[number].encode()).hexdigest()[:8], 16) / 2**32
            if share < settings["dev_share"]:
                side = "dev"
            elif share < settings["dev_share"] + settings["test_share"] and dealt[number] & whole:
                side = "test"
        if number in kept or (
            side != "train" and (row["set"] not in dealt[number] or (side == "test" and row["set"] not in whole))
        ):
            side = "withheld"
        row["split"] = side
    return cluster


def mark_seen(rows, texts):
    """Marks held-out rows that normalizing made the same as a training row; the evaluation leaves them out."""
    bare = [letters(text) for text in texts]
    training = {text for row, text in zip(rows, bare) if row["split"] == "train"} - {""}
    for row, text in zip(rows, bare):
        row["seen"] = row["split"] != "train" and text in training


def main():
    args = common.arguments(__doc__)
    config = common.configured(args)
    check(args.data)
    rows = load(args.data, config)
    cluster = split_rows(rows, config)
    normalize = common.normalizer(config)
    texts = normalize.batch([row["text"] for row in rows])
    english = normalize.batch([row["en"] or "" for row in rows])
    mark_seen(rows, texts)
    common.WORK.mkdir(exist_ok=True)
    target = common.WORK / "rows.jsonl"
    counts = {}
    with open(target.with_suffix(".part"), "w", encoding="utf-8") as file:
        for row, number, text, pair in zip(rows, cluster, texts, english):
            del row["key"]
            row.update(text=text, en=pair or None, cluster=number)
            if text.strip():
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                counts.setdefault(row["set"], {}).setdefault(row["split"], 0)
                counts[row["set"]][row["split"]] += 1
    target.with_suffix(".part").rename(target)
    for name, found in counts.items():
        print(f"{name:28} " + "  ".join(f"{split} {n}" for split, n in sorted(found.items())))


if __name__ == "__main__":
    main()
