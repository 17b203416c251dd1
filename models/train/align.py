"""Starting rows for pieces that the teacher does not have: IBM model 1 over the pieces of translated pairs.

Each new row is the weighted mean of the teacher's rows of the English pieces it most often translates to, drawn out
to the length of the teacher's rows. The result is the net before any training: `align.pt`.
"""

import json

import common
import model
import numpy as np
import teacher
import torch

PAIR_SETS = [
    "arbanking77_parallel",
    "bagisto_ui_en_ar",
    "tatoeba_en_ar",
    "pairs_msdocs_d365",
    "pairs_msdocs_headings",
    "pairs_msdocs_projops",
    "pairs_ui_permissive",
    "wordnet_wikt_en_ar_lexicon",
]


def ibm_model_1(pairs, n_pieces, steps):
    """t(english | arabic) for every pair of pieces seen together: (arabic, english, probability, expected count)."""
    arabic = np.concatenate([np.repeat(a, len(e)) for a, e in pairs])
    english = np.concatenate([np.tile(e, len(a)) for a, e in pairs])
    # An English token in a sentence: its probability is shared out over the Arabic tokens there.
    slots, start = [], 0
    for a, e in pairs:
        slots.append(np.tile(np.arange(start, start + len(e)), len(a)))
        start += len(e)
    slot = np.concatenate(slots)
    keys, entry = np.unique(arabic.astype(np.int64) * n_pieces + english, return_inverse=True)
    source, target = keys // n_pieces, keys % n_pieces
    probability = np.ones(len(keys))
    for _ in range(steps):
        value = probability[entry]
        value /= np.bincount(slot, value, minlength=start)[slot]
        count = np.bincount(entry, value, minlength=len(keys))
        probability = count / np.bincount(source, count, minlength=n_pieces)[source]
    return source, target, probability, count


def new_rows(table, known, alignment, best, median):
    """Fills the unknown rows of `table`; returns how many had a translation."""
    source, target, probability, _ = alignment
    order = np.lexsort((-probability, source))
    source, target, probability = source[order], target[order], probability[order]
    starts = np.flatnonzero(np.r_[True, source[1:] != source[:-1]])
    found = 0
    for start, end in zip(starts, np.r_[starts[1:], len(source)]):
        piece, end = source[start], min(end, start + best)
        if known[piece]:
            continue
        weight = probability[start:end]
        row = (weight[:, None] * table[target[start:end]]).sum(0) / weight.sum()
        table[piece] = row * (median / np.linalg.norm(row))
        found += 1
    return found


def fill_from_likeness(table, pieces, filled):
    """Pieces without a translation (dialect spellings) take the mean of the filled pieces that share most letter pairs."""

    def grams(piece):
        word = ("" if piece.startswith("##") else "<") + piece.removeprefix("##")
        return {word[i : i + 3] for i in range(max(1, len(word) - 2))}

    having = {}
    for i in np.flatnonzero(filled):
        for gram in grams(pieces[i]):
            having.setdefault(gram, []).append(i)
    for i in np.flatnonzero(~filled):
        own, score = grams(pieces[i]), {}
        for gram in sorted(own):
            for j in having.get(gram, [])[:2000]:
                score[j] = score.get(j, 0) + 1 / len(having[gram])
        top = sorted(score, key=lambda j: (-score[j], j))[:5]
        if top:
            table[i] = table[top].mean(0)


def main():
    args = common.arguments(__doc__)
    config = common.configured(args)
    torch.manual_seed(config["seed"])
    folder = common.model_work(config)
    rows = np.array(json.loads((folder / "teacher_rows.json").read_text()))
    known = rows >= 0
    net = model.Net(config["model"], known, common.heads(config))
    if not args.tiny:
        weights, vocabulary = teacher.weights(), teacher.vocabulary()
        model.teacher_body(net, weights)
        words = weights["embeddings.word_embeddings.weight"]
        batcher = model.Batcher(folder, config["model"]["max_tokens"])
        ids = batcher.tokenizer.get_vocab()
        pieces = sorted(ids, key=ids.get)
        table = np.where(known[:, None], words[rows], 0.0)
        for mask, word in model.MASK_WORDS.items():
            table[ids[mask]] = words[vocabulary[word]]
        limit, pairs = config["align"]["max_pieces"], []
        prepared = common.prepared("train", sets=PAIR_SETS, having="en")
        prepared = [row for row in prepared if not common.left_out(row, config)]
        batcher.tokenizer.no_truncation()
        for a, e in zip(batcher.ids([row["text"] for row in prepared]), batcher.ids([row["en"] for row in prepared])):
            if 2 < len(a) <= limit and 2 < len(e) <= limit:
                # [CLS] stands in for the empty word on the Arabic side.
                pairs.append((np.array(a[:-1]), np.array(e[1:-1])))
        glosses = [(row[key], row["gloss"]) for row in common.lexicon(config) for key in ("word", "standard")]
        pairs += [
            (np.array(a[:-1]), np.array(e[1:-1]))
            for a, e in zip(batcher.ids([word for word, _ in glosses]), batcher.ids([gloss for _, gloss in glosses]))
            if len(e) > 2
        ]
        alignment = ibm_model_1(pairs, len(pieces), config["align"]["em_steps"])
        seen = np.isin(np.arange(len(pieces)), np.unique(alignment[1])) & known
        median = float(np.median(np.linalg.norm(table[seen], axis=1)))
        found = new_rows(table, known, alignment, config["align"]["best_rows"], median)
        filled = np.linalg.norm(table, axis=1) > 0
        fill_from_likeness(table, pieces, filled)
        empty = np.linalg.norm(table, axis=1) == 0
        table[empty] = table[known].mean(0)
        print(
            f"{len(pairs)} pairs, {found} rows from translations, {int((~filled).sum())} from likeness, {int(empty.sum())} from the mean"
        )
        net.known_rows.weight.data.copy_(torch.from_numpy(table[known]))
        net.new_rows.weight.data.copy_(torch.from_numpy(table[~known]))
    torch.save(net.state_dict(), folder / "align.pt")


if __name__ == "__main__":
    main()
