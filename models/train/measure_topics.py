"""Topics beside the bars: several can hold at once, so F1 over yes and no; a set is judged on what it can say."""

import figures
import numpy as np
import said

SETS = ("semeval16_hotels_ar", "semeval16_hotels_ar_review", "mams_acsa_en")


def one_set(bench, rows):
    head, labels = bench.served.said["heads"]["topic"], said.topics_of(rows[0], bench.config)[1]
    told = [set(said.topics_of(row, bench.config)[0]) for row in rows]
    gold = np.array([[label in one for label in labels] for one in told])
    texts = [row["text"] for row in rows]
    found = np.array([[label in one for label in labels] for one in bench.read(texts)["topics"]])
    result = {"n": len(rows), "net": figures.yes_no(gold, found, labels)}
    for name, key in (("svm", "topics {}"), ("minilm", "minilm topics {}")):
        keys = [key.format(row["id"]) for row in rows]
        if keys[0] in bench.answers:
            bar = np.array([[label in bench.answers[k] for label in labels] for k in keys])
            result[name] = figures.yes_no(gold, bar, labels)
    columns = [head["labels"].index(label) for label in labels]
    probabilities = 1 / (1 + np.exp(-bench.served.run(texts)["topic_logits"][:, columns] / head["temperature"]))
    stated = np.maximum(probabilities, 1 - probabilities).ravel()
    result["calibration_error"] = figures.calibration_error(stated, ((probabilities >= 0.5) == gold).ravel())
    return result


def measure(bench):
    """Section `topics`: set -> split -> figures."""
    result = {}
    for name in SETS:
        for split in ("dev", "test"):
            rows = [row for row in bench.held.of(name, split) if row["topics"] is not None]
            if rows:
                result.setdefault(name, {})[split] = one_set(bench, rows)
    return {"topics": result}
