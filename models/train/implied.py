"""The fixed figures of `src/analyzer/implied.rs`: how stars follow the words, measured once on dev rows.

Prints the five base terms, the slope and the deviation between surveys. Needs the built wheel and `prepare.py`'s rows.
"""

import json

import measure_mismatch
import numpy as np

LEVELS, STEPS, CAP = 5, 40, 0.005
PLACE = np.linspace(-1, 1, LEVELS)
FEWEST = 60


def leaning(probabilities):
    """ln(p_positive / p_negative), each at least 0.005."""
    shown = np.maximum(probabilities, CAP)
    return np.log(shown[:, 2] / shown[:, 0])


def shares(figures, leans):
    """[n, 5]: share of each star given the lean; adjacent-category logit, one slope."""
    scores = figures[:LEVELS] + np.outer(leans, PLACE) * figures[LEVELS]
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


def fit(leans, stars, weights, ridge=1.0):
    """Base terms and slope; a share of ratings is taken to be mirrored, and found by EM."""
    figures, mirrored, rows = np.zeros(LEVELS + 1), 0.03, np.arange(len(stars))
    design = np.zeros((len(stars), LEVELS, LEVELS + 1))
    design[:, np.arange(LEVELS), np.arange(LEVELS)] = 1
    design[:, :, LEVELS] = np.outer(leans, PLACE)
    for _ in range(STEPS):
        found = shares(figures, leans)
        straight = (1 - mirrored) * found[rows, stars]
        turned = np.where(stars == 2, 0, mirrored * found[rows, 4 - stars])
        turned /= straight + turned
        mirrored = (weights @ turned + 1) / (weights.sum() + 40)
        target = np.zeros_like(found)
        target[rows, stars] += 1 - turned
        target[rows, 4 - stars] += turned
        weighed = found * weights[:, None]
        mean = np.einsum("nk,nkj->nj", found, design)
        gradient = np.einsum("nk,nkj->j", (target - found) * weights[:, None], design) - ridge * figures
        bend = np.einsum("nk,nkj,nkl->jl", weighed, design, design) - mean.T @ (mean * weights[:, None])
        figures = figures + np.linalg.solve(bend + ridge * np.eye(LEVELS + 1), gradient)
    return figures


def main():
    sets = {
        name: rows for name in measure_mismatch.SETS for rows in [measure_mismatch.rated(name, "dev")] if len(rows[0])
    }
    leans = {name: leaning(measure_mismatch.probabilities(texts)) for name, (texts, _, _) in sets.items()}
    stars = {name: ratings.astype(int) - 1 for name, (_, ratings, _) in sets.items()}
    weights = {name: np.full(len(stars[name]), 1000 / len(stars[name])) for name in sets}

    def together(names):
        return fit(*(np.concatenate([part[name] for name in names]) for part in (leans, stars, weights)))

    figures = together(list(sets))
    gaps = []
    for name, (_, ratings, groups) in sets.items():
        other = together([one for one in sets if one != name])
        said = shares(other, leans[name])[:, 3:].sum(1)
        for group in sorted(set(groups)):
            mine = groups == group
            if mine.sum() >= FEWEST:
                gaps.append((name, group, int(mine.sum()), float(said[mine].mean() - (ratings[mine] >= 4).mean())))
    deviation = float(np.sqrt(np.mean([gap**2 for *_, gap in gaps])))
    print(json.dumps({"base": figures[:LEVELS].round(2).tolist(), "slope": round(float(figures[LEVELS]), 2)}))
    print(
        json.dumps({"csat_gaps": gaps, "deviation_between_surveys": round(deviation, 3)}, ensure_ascii=False, indent=1)
    )


if __name__ == "__main__":
    main()
