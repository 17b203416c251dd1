"""Vectors: do comments about the same thing lie together, within a language and across, on intents no weight has seen?"""

import numpy as np
import teacher
from bars import MINILM_TOKENS, features
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.preprocessing import normalize

SEEDS = 3
TESTED_DIALECTS = {"MSA": "MSA", "PAL": "PAL"}  # of the bank's questions, by the mark in the set


def centred(vectors, languages):
    """Each language's mean removed, unit length again."""
    result = vectors.copy()
    for language in set(languages):
        mine = np.array([value == language for value in languages])
        result[mine] -= result[mine].mean(0)
    return normalize(result)


def clustered(vectors, intents, seed):
    """NMI and ARI at the true number of intents: k-means, mean of seeds, and Ward."""
    count = len(set(intents))
    means = [KMeans(count, n_init=10, random_state=seed + i).fit_predict(vectors) for i in range(SEEDS)]
    ward = AgglomerativeClustering(count).fit_predict(vectors)
    return {
        "nmi": float(np.mean([normalized_mutual_info_score(intents, found) for found in means])),
        "ari": float(np.mean([adjusted_rand_score(intents, found) for found in means])),
        "ward_nmi": float(normalized_mutual_info_score(intents, ward)),
        "ward_ari": float(adjusted_rand_score(intents, ward)),
    }


def groups(bench):
    """Name -> test rows of intents that no training row has."""
    unseen = lambda name: [row for row in bench.held.of(name, "test") if row["unseen"]]
    found, arabic = {"EN": unseen("banking77_en")}, unseen("arbanking77")
    for name, mark in TESTED_DIALECTS.items():
        found[name] = [row for row in arabic if row["dialect"] == mark]
    found["mixed"] = [row for rows in found.values() for row in rows]
    found["CLINC"] = unseen("clinc150")
    return {name: rows for name, rows in found.items() if rows}


def unseen_intents(bench):
    """Section `unseen_intents`, beside TF-IDF and MiniLM, and `parity`: the weakest language's NMI over English."""
    seed, result = bench.config["seed"], {}
    for name, rows in groups(bench).items():
        texts, intents = [row["text"] for row in rows], [row["intent"] for row in rows]
        tfidf = TruncatedSVD(100, random_state=seed).fit_transform(features().fit_transform(texts))
        vectors = centred(bench.served.vectors(texts), [row["lang"] for row in rows])
        result[name] = {
            "n": len(rows),
            "intents": len(set(intents)),
            "net": clustered(vectors, intents, seed),
            "tfidf": clustered(normalize(tfidf), intents, seed),
            "minilm": clustered(teacher.vectors(texts, MINILM_TOKENS).numpy(), intents, seed),
        }
    weakest = {key: min(result[name]["net"][key] for name in TESTED_DIALECTS) for key in ("nmi", "ward_nmi")}
    parity = {key: weakest[key] / result["EN"]["net"][key] for key in weakest}
    return {"unseen_intents": result, "parity": parity}


def found_share(queries, candidates, right, depth):
    """Share of query rows with a right candidate among the `depth` nearest."""
    near = np.argsort(-(queries @ candidates.T), axis=1, kind="stable")[:, :depth]
    return float(np.mean([bool(right[i] & set(row.tolist())) for i, row in enumerate(near)]))


def both_ways(vectors_of, pairs, languages):
    """Top-1 and top-5 from the first texts to the second and back; equal texts are one."""
    sides = [list(dict.fromkeys(side)) for side in zip(*pairs)]
    place = [{text: i for i, text in enumerate(side)} for side in sides]
    right = [[set() for _ in side] for side in sides]
    for first, second in pairs:
        right[0][place[0][first]].add(place[1][second])
        right[1][place[1][second]].add(place[0][first])
    marks = [languages[0]] * len(sides[0]) + [languages[1]] * len(sides[1])
    vectors = vectors_of(sides[0] + sides[1], marks)
    first, second = vectors[: len(sides[0])], vectors[len(sides[0]) :]
    return {
        "n": len(sides[0]),
        "among": len(sides[1]),
        **{f"there_top{k}": found_share(first, second, right[0], k) for k in (1, 5)},
        **{f"back_top{k}": found_share(second, first, right[1], k) for k in (1, 5)},
    }


def retrieval_pairs(bench):
    """Name -> (pairs, languages): English first, or the dialect first and its other writing second."""
    held, most, found = bench.held, bench.held.most * 2, {}
    english = lambda rows: [(row["en"], row["text"]) for row in rows if row["en"]][:most]
    banking = held.of("arbanking77_parallel", "test")
    for mark in TESTED_DIALECTS.values():
        for unseen in (False, True):
            rows = [row for row in banking if row["dialect"] == mark and row["unseen"] == unseen]
            found[f"banking, {mark}, {'unseen' if unseen else 'seen'} intents"] = (english(rows), ("en", "ar"))
    for name, of in (
        ("news (NTREX), MSA", "ntrex_ar_en"),
        ("spoken commands (xSID), MSA", "xsid_en_ar"),
        ("everyday sentences (Tatoeba), MSA", "tatoeba_en_ar"),
    ):
        found[name] = (english(held.of(of, "test")), ("en", "ar"))
    dialects = held.dialect_sets["dial2msa"]
    for label in sorted({row["dialect_label"] for row in dialects}):
        pairs = [(row["text"], row["pair"]) for row in dialects if row["dialect_label"] == label and row["pair"]]
        found[f"tweets (dial2msa), {label} and MSA"] = (pairs, ("ar", "ar"))
    pairs = [(row["text"], row["pair"]) for row in held.dialect_sets["madar_coda"] if row["pair"]]
    found["travel (MADAR), dialect and its CODA spelling"] = (pairs, ("ar", "ar"))
    return {name: value for name, value in found.items() if value[0]}


def retrieval(bench):
    """Section `retrieval`; within one language also TF-IDF."""

    def tfidf(texts, _):
        return features().fit_transform(texts).toarray()

    result = {}
    for name, (pairs, languages) in retrieval_pairs(bench).items():
        result[name] = both_ways(lambda texts, marks: centred(bench.served.vectors(texts), marks), pairs, languages)
        if languages[0] == languages[1]:
            result[name]["tfidf"] = both_ways(tfidf, pairs, languages)
    return {"retrieval": result}
