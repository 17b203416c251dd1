"""A topic of the user's, five phrases in one language, against the head that was trained on the topic.

Every topic of the taxonomy is laid over by five of its own seed phrases, drawn with a seed, so that the library treats it
as a user's; the rows are those of the sets and of the written probe. Section `own_topics` of metrics.json.
"""

import random

import common
import figures
import measure_said
import measure_topics
import numpy as np
import rasd
import said

LANGUAGES = {"English phrases": ["english"], "Arabic phrases": ["msa", "gulf", "egyptian", "levantine", "maghrebi"]}
PHRASES = 5


def laid_over(varieties, labels, seed):
    """A taxonomy in which every topic is the user's."""
    draw, topics = random.Random(seed), []
    for topic in said.taxonomy("topics")["topic"]:
        if topic["id"] in labels:
            seeds = [(variety, phrase) for variety in varieties for phrase in topic["seeds"][variety]]
            chosen = {}
            for variety, phrase in draw.sample(seeds, PHRASES):
                chosen.setdefault(variety, []).append(phrase)
            first = max(chosen, key=lambda variety: len(chosen[variety]))
            # Five phrases of one variety are asked for; which variety a phrase is filed under changes nothing else.
            everything = [phrase for phrases in chosen.values() for phrase in phrases]
            topics.append({"id": topic["id"], "name_en": topic["name_en"], "seeds": {first: everything}})
    return {"topic": topics}


def groups(bench, split):
    """Name -> (texts, gold topics, the labels that can be said)."""
    for name in measure_topics.SETS:
        rows = [row for row in bench.held.of(name, split) if row["topics"] is not None]
        pairs = [said.topics_of(row, bench.config) for row in rows]
        yield name, [row["text"] for row in rows], [topics for topics, _ in pairs], pairs[0][1]
    rows = measure_said.probe(split)
    labels = common.served_heads(bench.config)["topic"]
    yield f"probe {split}, written", [row["text"] for row in rows], [row["topics"] for row in rows], labels


def measure(bench, split="test"):
    labels = common.served_heads(bench.config)["topic"]
    readers = {"head": lambda texts: bench.read(texts)["topics"]}
    for name, varieties in LANGUAGES.items():
        own = rasd.Analyzer(
            str(bench.served.folder), threads=2, taxonomy=laid_over(varieties, labels, bench.config["seed"])
        )
        readers[name] = lambda texts, own=own: own.analyze(texts, progress=False, n_causes=1).comments["topics"]
    result = {}
    for name, texts, gold, able in groups(bench, split):
        gold = np.array([[label in one for label in able] for one in gold])
        result[name] = {"n": len(texts)}
        for reader, read in readers.items():
            found = np.array([[label in one for label in able] for one in read(texts)])
            scores = figures.yes_no(gold, found, able)
            result[name][reader] = {
                key: scores[key] for key in ("macro_f1", "micro_f1", "micro_precision", "micro_recall")
            }
    return {"own_topics": result}
