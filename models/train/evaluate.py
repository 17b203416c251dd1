"""The shipped folder, measured: metrics.json and MODEL_CARD.md. Every number of the card comes from this run."""

import json
import platform
from concurrent.futures import ThreadPoolExecutor

import bars
import card
import common
import export
import model
import numpy as np
import teacher
import wide
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, f1_score, normalized_mutual_info_score


def softmax(logits):
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def calibration_error(probabilities, gold, bins=15):
    """Expected gap between stated probability and accuracy, equal-width bins."""
    top, right = probabilities.max(1), probabilities.argmax(1) == gold
    place = np.minimum((top * bins).astype(int), bins - 1)
    return float(sum(abs(top[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place)))


def scores(gold, said):
    """Accuracy and macro-F1 over the labels that the set has."""
    return {
        "accuracy": float((gold == said).mean()),
        "macro_f1": float(f1_score(gold, said, labels=sorted(set(gold)), average="macro")),
    }


class Measure:
    """The session, the tokenizer and what config.json says, with every answer kept."""

    def __init__(self, folder, config):
        self.said = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.session, self.config = export.session(folder / "model.onnx"), config
        self.batcher = model.Batcher(folder, self.said["max_tokens"])
        self.answers = json.loads((common.WORK / "bars.json").read_text())

    def run(self, texts):
        return export.run(self.session, self.batcher.ids(texts), batch=16)

    def sentiment(self, rows):
        """Net beside SVM on rows of one set; an answer counts among the labels that the set has."""
        rows = [row for row in rows if not row["seen"]]
        gold = np.array([common.LABELS.index(row["sentiment"]) for row in rows])
        has = np.isin(np.arange(len(common.LABELS)), gold)
        probabilities = softmax(
            self.run([row["text"] for row in rows])[1] / self.said["heads"]["sentiment"]["temperature"]
        )
        among = np.where(has, probabilities, 0.0)
        found = [self.answers[row["id"]] for row in rows]
        svm = np.array(
            [common.LABELS.index(a) if isinstance(a, str) else np.where(has, a, -1e9).argmax() for a in found]
        )
        return {
            "n": len(rows),
            "labels": int(has.sum()),
            "net": scores(gold, among.argmax(1)),
            "svm": scores(gold, svm),
            "calibration_error": calibration_error(probabilities, gold) if has.all() else None,
        }

    def topics(self, rows, name):
        """Micro and macro F1 over the topics that the set can say."""
        head, labels = self.said["heads"]["topic"], self.said["heads"]["topic"]["labels"]
        rows, can = [row for row in rows if not row["seen"]], wide.inventory(self.config)[name]
        gold = np.array([[label in row["topics"] for label in labels] for row in rows])[:, can]
        probabilities = 1 / (1 + np.exp(-self.run([row["text"] for row in rows])[2] / head["temperature"]))
        net = (probabilities >= np.array(head["thresholds"]))[:, can]
        svm = np.array([[label in self.answers[f"topics {row['id']}"] for label in labels] for row in rows])[:, can]
        f1 = lambda said: {
            f"{how}_f1": float(f1_score(gold, said, average=how, zero_division=0)) for how in ("micro", "macro")
        }
        each = dict(
            zip(
                np.array(labels)[can].tolist(), np.round(f1_score(gold, net, average=None, zero_division=0), 4).tolist()
            )
        )
        return {"n": len(rows), "topics": int(can.sum()), "net": f1(net), "svm": f1(svm), "per_topic_f1": each}


def centred(vectors, languages):
    """Each language's mean removed, unit length again."""
    result = vectors.copy()
    for language in set(languages):
        mine = np.array([value == language for value in languages])
        result[mine] -= result[mine].mean(0)
    return result / np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-9)


def retrieval(measure, rows):
    """Share of English sentences whose own translation is the nearest Arabic one among all."""
    english = list(dict.fromkeys(row["en"] for row in rows))
    arabic, source = measure.run([row["text"] for row in rows])[0], measure.run(english)[0]
    nearest = (centred(source, ["en"] * len(english)) @ centred(arabic, ["ar"] * len(rows)).T).argmax(1)
    return {
        "n": len(english),
        "among": len(rows),
        "top1": float(np.mean([rows[i]["en"] == text for i, text in zip(nearest, english)])),
    }


def clustered(vectors, intents, seed):
    """NMI and ARI of seeded k-means at the true number of intents."""
    found = KMeans(len(set(intents)), n_init=10, random_state=seed).fit_predict(vectors)
    return {
        "nmi": float(normalized_mutual_info_score(intents, found)),
        "ari": float(adjusted_rand_score(intents, found)),
    }


def unseen_intents(measure, seed):
    """Clusters of the intents that no training row has, beside TF-IDF and the English teacher."""
    english = [row for row in common.prepared("test", sets=["banking77_en"]) if row["unseen"]]
    arabic = [row for row in common.prepared("test", sets=["arbanking77"]) if row["unseen"]]
    groups = {
        "EN": english,
        "MSA": [r for r in arabic if r["dialect"] == "MSA"],
        "PAL": [r for r in arabic if r["dialect"] == "PAL"],
    }
    groups["mixed"] = english + groups["MSA"] + groups["PAL"]
    result = {}
    for name, rows in groups.items():
        texts, intents = [row["text"] for row in rows], [row["intent"] for row in rows]
        languages = [row["lang"] for row in rows]
        tfidf = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2).fit_transform(
            texts
        )
        tfidf = TruncatedSVD(100, random_state=seed).fit_transform(tfidf)
        result[name] = {
            "n": len(rows),
            "net": clustered(centred(measure.run(texts)[0], languages), intents, seed),
            "tfidf": clustered(tfidf / np.maximum(np.linalg.norm(tfidf, axis=1, keepdims=True), 1e-9), intents, seed),
            "minilm": clustered(teacher.vectors(texts, 64).numpy(), intents, seed),
        }
    return result


def jobs(measure, config):
    """(where in the result, what to measure), each independent of the others."""
    most, found = config["evaluate"]["max_rows"], []
    rows = common.prepared("dev", "test")
    for name in sorted({row["set"] for row in rows if row["sentiment"]}):
        for split in ("dev", "test"):
            chosen = common.drawn(
                [r for r in rows if r["set"] == name and r["split"] == split and r["sentiment"]], most
            )
            if chosen:
                found.append((("sentiment", name, split), lambda chosen=chosen: measure.sentiment(chosen)))
    others = bars.outside(config)
    for name in sorted({row["set"] for row in others}):
        found.append(
            (("outside", name), lambda name=name: measure.sentiment([row for row in others if row["set"] == name]))
        )
    for name in wide.inventory(config):
        for split in ("dev", "test"):
            chosen = [r for r in rows if r["set"] == name and r["split"] == split and r["topics"] is not None]
            found.append((("topics", name, split), lambda chosen=chosen, name=name: measure.topics(chosen, name)))
    pairs = [row for row in rows if row["set"] == "arbanking77_parallel" and row["split"] == "test"]
    for dialect in ("MSA", "PAL"):
        for unseen in (False, True):
            chosen = [row for row in pairs if row["dialect"] == dialect and row["unseen"] == unseen]
            key = f"banking, {dialect}, {'unseen' if unseen else 'seen'} intents"
            found.append((("retrieval", key), lambda chosen=chosen: retrieval(measure, chosen)))
    news = [row for row in rows if row["set"] == "ntrex_ar_en"]
    found.append((("retrieval", "news (NTREX), MSA"), lambda: retrieval(measure, news)))
    return [*found, (("unseen_intents",), lambda: unseen_intents(measure, config["seed"]))]


def main():
    args = common.arguments(__doc__)
    config = common.load_config(args.config)
    folder = common.HERE.parent / config["name"]
    measure = Measure(folder, config)
    result = {
        "model": config["name"],
        "files": measure.said["files"],
        "seed": config["seed"],
        "machine": f"{platform.machine()}, ONNX Runtime {export.ort.__version__}",
    }
    todo = jobs(measure, config)
    # The session's runs are independent; two at a time change no number.
    with ThreadPoolExecutor(2) as pool:
        for (path, _), value in zip(todo, pool.map(lambda job: job[1](), todo)):
            place = result
            for key in path[:-1]:
                place = place.setdefault(key, {})
            place[path[-1]] = value
            print(*path, value, flush=True)
    bank = [
        row["text"]
        for name in ("banking77_en", "arbanking77")
        for row in common.drawn(common.prepared("test", sets=[name]), 600)
    ]
    counts = np.bincount(measure.run(bank)[1].argmax(1), minlength=len(common.LABELS)) / len(bank)
    result["bank_questions"] = {"n": len(bank), **dict(zip(common.LABELS, counts.tolist()))}
    dialects = sorted(
        {(row["set"], row["dialect"]) for row in common.prepared("test", having="sentiment") if row["dialect"]}
    )
    result["tested_dialects"] = [f"{dialect} ({name})" for name, dialect in dialects]
    (folder / "metrics.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "MODEL_CARD.md").write_text(card.text(result, measure.said, config), encoding="utf-8")
    print((folder / "MODEL_CARD.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
