"""A topic of the user's, five phrases in one language, against the head that was trained on the topic.

Every topic of the taxonomy is laid over by five of its own seed phrases, drawn with a seed, so that the library treats it
as a user's; the rows are those of the sets and of the written probe. Section `own_topics` of metrics.json. Run by itself, it
prints macro-F1 on dev rows of the sets by threshold of likeness, what `LIKE` in `src/analyzer/topics.rs` is chosen by.
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
MIDDLE = ["msa", "english"]  # as in src/analyzer/topics.rs


def laid_over(varieties, labels, seed):
    """A taxonomy in which every topic is the user's."""
    draw, topics = random.Random(seed), []
    for topic in said.taxonomy("topics")["topic"]:
        if topic["id"] in labels:
            phrases = [phrase for variety in varieties for phrase in topic["seeds"][variety]]
            # Which variety a phrase is filed under changes nothing but that five of one are asked for.
            seeds = {varieties[0]: draw.sample(phrases, PHRASES)}
            topics.append({"id": topic["id"], "name_en": topic["name_en"], "seeds": seeds})
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


def main():
    config = common.configured(common.arguments(__doc__))
    reader, labels, found = rasd.Analyzer(threads=2), common.served_heads(config)["topic"], {}
    library = said.taxonomy("topics")["topic"]
    first = [topic["seeds"][variety][0] for variety in MIDDLE for topic in library if topic["seeds"].get(variety)]
    middle = reader.embed(first, progress=False).mean(0)
    unit = lambda x: x / np.linalg.norm(x, axis=1, keepdims=True)
    seen = lambda vectors: unit(vectors - middle)
    for name in measure_topics.SETS:
        rows = [row for row in common.prepared("dev", sets=[name]) if row["topics"] is not None and not row["seen"]]
        pairs = [said.topics_of(row, config) for row in rows]
        able = pairs[0][1]
        gold = np.array([[label in topics for label in able] for topics, _ in pairs])
        vectors = reader.embed([row["text"] for row in rows], progress=False)
        for varieties in LANGUAGES.values():
            topics = {topic["id"]: topic for topic in laid_over(varieties, labels, config["seed"])["topic"]}
            phrases = [topics[label]["seeds"][varieties[0]] for label in able]
            own = [seen(reader.embed(one, progress=False)).mean(0, keepdims=True) for one in phrases]
            like = seen(vectors) @ unit(np.concatenate(own)).T
            for threshold in np.round(np.arange(0.1, 0.4, 0.02), 2).tolist():
                found.setdefault(threshold, []).append(figures.yes_no(gold, like >= threshold, able)["macro_f1"])
    for threshold, scores in found.items():
        print(f"{threshold:.2f} {np.mean(scores):.3f}")


if __name__ == "__main__":
    main()
