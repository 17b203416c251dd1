"""The few figures a reader wants first, out of the sections of metrics.json."""

import statistics

KINDS_OF_INTENT = {
    "EN": "English",
    "MSA": "MSA",
    "PAL": "Palestinian",
    "mixed": "all three mixed",
    "CLINC": "CLINC, English",
}


def mean(values):
    return statistics.fmean(values)


def line(what, unit, model, **beside):
    return {"what": what, "unit": unit, "model": model, "beside": {k: v for k, v in beside.items() if v is not None}}


def sentiment(result):
    own = [splits["test"] for splits in result["sentiment"].values() if "test" in splits]
    outside = list(result["outside"].values())
    for name, group in (("own test sets", own), ("sets never trained on", outside)):
        for key, shown in (("accuracy", "accuracy"), ("macro_f1", "macro-F1")):
            yield line(
                f"sentiment, {name}, {shown}", "%", mean([m["net"][key] for m in group]), SVC=mean([m["svm"][key] for m in group])
            )  # fmt: skip
    ahead = sum(m["net"]["macro_f1"] > m["svm"]["macro_f1"] for m in own + outside)
    yield line(f"sentiment sets ahead of the SVC by macro-F1, of {len(own + outside)}", "sets", ahead)
    neutral = [(m["net"], m["svm"]) for m in own + outside if "neutral" in m["net"]["classes"]]
    yield line(
        "sentiment, F1 of neutral alone, all sets that have it",
        "%",
        mean([net["classes"]["neutral"]["f1"] for net, _ in neutral]),
        SVC=mean([svm["classes"]["neutral"]["f1"] for _, svm in neutral]),
    )


def topics(result):
    tests = [splits["test"] for splits in result["topics"].values() if "test" in splits]
    yield line(
        "topics, own test sets, macro-F1", "%", mean([m["net"]["macro_f1"] for m in tests]), SVC=mean([m["svm"]["macro_f1"] for m in tests])
    )  # fmt: skip


def said(result):
    """What a comment says; written sentences by name."""
    for name, fields in result["said"].items():
        for field, found in fields.items():
            found = found.get("all", found)
            key, shown = ("micro_f1", "micro-F1") if "micro_f1" in found else ("macro_f1", "macro-F1")
            yield line(f"{field}, {name}, {shown}", "%", found[key])


def own_topics(result):
    sets = result["own_topics"].values()
    for reader in [reader for reader in next(iter(sets)) if reader != "n"]:
        yield line(f"topics, {reader}, macro-F1 over sets and probe", "%", mean([m[reader]["macro_f1"] for m in sets]))


def dialect(result):
    for shown, name, split in (
        ("own test sets", "own sets together", "test"),
        ("news comments never trained on", "elhaj_dialects", "eval"),
    ):
        m = result["dialect"].get(name, {}).get(split)
        if m:
            yield line(
                f"dialect, {shown}, macro-F1", "%", m["net"]["macro_f1"], SVC=m["svm"]["macro_f1"] if m["svm"] else None
            )
            if m["accuracy_answered"] is not None:
                yield line(f"dialect, {shown}, accuracy where an answer is given", "%", m["accuracy_answered"])
            yield line(f"dialect, {shown}, comments that get an answer", "%", m["answered"])


def consistency(result):
    kinds = result["consistency"]
    yield line(
        "same sentiment in another spelling, mean of the kinds", "%", mean([m["same"] for m in kinds.values()]), SVC=mean([m["svm_same"] for m in kinds.values()])
    )  # fmt: skip
    worst = min(kinds, key=lambda kind: kinds[kind]["same"])
    yield line(f"the same, weakest kind ({worst})", "%", kinds[worst]["same"], SVC=kinds[worst]["svm_same"])


def meaning(result):
    for name, m in result["unseen_intents"].items():
        english = m["minilm"]["nmi"] if name in ("EN", "CLINC") else None
        yield line(
            f"clusters of unseen intents, {KINDS_OF_INTENT[name]}, NMI", "share", m["net"]["nmi"], TF_IDF=m["tfidf"]["nmi"], MiniLM=english
        )  # fmt: skip
    yield line("the same, weakest language over English", "share", result["parity"]["nmi"])


def retrieval(result):
    for mark in ("MSA", "PAL"):
        m = result["retrieval"].get(f"banking, {mark}, unseen intents")
        if m:
            yield line(
                f"bank question finds its English one first, {KINDS_OF_INTENT[mark]}, unseen intents",
                "%",
                m["back_top1"],
            )


def calibration(result):
    for name, m in result["sentiment_calibration"].items():
        if m and "," not in name:
            yield line(f"calibration error of sentiment, {name}", "%", m["error"])
    topic = [splits["test"]["calibration_error"] for splits in result.get("topics", {}).values() if "test" in splits]
    if topic:
        yield line("calibration error of topics, own test sets", "%", mean(topic))
    together = result.get("dialect", {}).get("own sets together", {})
    if "test" in together:
        yield line("calibration error of dialect, own test sets", "%", together["test"]["calibration_error"])


def cost(result):
    if "int8" in result:
        yield line("accuracy lost to 8 bits", "%", result["int8"]["loss"])
    yield line("folder on disk", "MB", sum(result["bytes"].values()) / 1e6)


NEEDS = {
    "sentiment": sentiment, "topics": topics, "said": said, "own_topics": own_topics, "dialect": dialect, "consistency": consistency, "unseen_intents": meaning,
    "retrieval": retrieval, "sentiment_calibration": calibration, "bytes": cost,
}  # fmt: skip


def lines(result):
    """Every line whose section was measured."""
    return [one for section, make in NEEDS.items() if section in result for one in make(result)]


def sets(result):
    """Set and split -> accuracy and macro-F1 of the model and of the SVC, sentiment alone."""
    groups = {f"{name}, {split}": m for name, splits in result["sentiment"].items() for split, m in splits.items()}
    groups.update({f"{name} (never trained on)": m for name, m in result["outside"].items()})
    return {
        name: {key: m[who][key[len(prefix) :]] for who, prefix in (("net", ""), ("svm", "svm_")) for key in (f"{prefix}accuracy", f"{prefix}macro_f1")}
        for name, m in groups.items()
    }  # fmt: skip


def spread(result):
    """What -> (median, lowest, highest) over the shipped run and the other seeds; empty without others.

    >>> one = {"what": "a", "model": 0.5}
    >>> spread({"headline": [one], "seeds": [{"headline": [{"what": "a", "model": 0.7}]}]})["a"][0]
    0.6
    """
    runs = [{one["what"]: one["model"] for one in run["headline"]} for run in (result, *result.get("seeds", []))]
    if len(runs) < 2:
        return {}
    found = {}
    for what in runs[0]:
        values = [run[what] for run in runs if what in run]
        found[what] = (statistics.median(values), min(values), max(values))
    return found
