"""metrics.json -> MODEL_CARD.md. Words around numbers; no number that the evaluation did not hand over."""

import bars
import licences

HEAD = """# {name}

A small encoder for customer comments in Arabic and English. One pass gives the sentiment (negative, neutral,
positive), topics of places that serve people ({topics}), and a vector of {dim} numbers in which Arabic and English
comments about the same thing lie near each other. Text enters through rasd's normalizer (`{preset}` preset with
{rules}); at most {max_tokens} pieces are read.

Written by `models/train/evaluate.py` on the files below; every number comes from that run.
model.onnx sha256 `{sha}`. {machine}. Training seed {seed}, one run.

## What it is made of

The six layers and English rows of all-MiniLM-L6-v2; Arabic rows started from translated pairs (IBM model 1), then
everything trained together: Arabic sentences toward the teacher's English vectors, English kept in place, both heads
on top. Beside the layers a wide part adds one weight for each piece and each pair of neighbouring pieces. Weights are
8-bit, sums 32-bit; a comment's result does not depend on the other comments of its batch.
"""
SENTIMENT = """
## Sentiment

Share of right answers and macro-F1, beside the classical bar: {bar}. For our own sets the bar is trained on the set's
own training rows, the very ones the model saw. Where a set has two labels, both sides choose between those two; on
such a set a third answer that the model would give in use is not counted. Rows are split by near-duplicate cluster
over all sets; `dev` fitted the temperature and the weight of the wide part, `test` fitted nothing.
At most {most} rows of a split are measured. Calibration error: 15 equal bins, only where all three labels occur.

| set | split | n | labels | accuracy | bar | macro-F1 | bar | calibration error |
|---|---|---|---|---|---|---|---|---|
"""
OUTSIDE = """
### Sets the model never trained on

No row of these reached a weight (research-only, copyleft or unstated licences). The bar is one SVM trained on all our
training rows.

| set | n | labels | accuracy | bar | macro-F1 | bar | calibration error |
|---|---|---|---|---|---|---|---|
"""
TOPICS = """
## Topics

Several topics can hold at once; a set is measured on the topics that its own categories can say. The bar: one such
SVM a topic. Thresholds were fitted on `dev`.

| set | split | n | topics | micro-F1 | bar | macro-F1 | bar |
|---|---|---|---|---|---|---|---|
"""
RETRIEVAL = """
## Arabic beside English

An English sentence looks for its own translation among all Arabic sentences of the row (each language's mean removed).

| sentences | English | among | found first |
|---|---|---|---|
"""
UNSEEN = """
Clusters of bank customers' questions on {n_intents} intents that no training row has: k-means with the true number,
each language's mean removed for the model. NMI (ARI). MiniLM reads English only; TF-IDF is the bar's features in 100 dimensions.

| questions | n | model | MiniLM | TF-IDF |
|---|---|---|---|---|
"""
CAVEATS = """
## Know before use

- One run with one seed: differences of a point or two between model and bar mean little, least of all on the small sets.
- Sentiment rows with mixed labels are left out of training and measuring: a comment that praises and complains gets one sign.
- Tested dialects: {dialects}; the outside sets add Egyptian, Gulf, Tunisian and Moroccan text as their names say.
  Iraqi, Sudanese, Yemeni, Libyan and Algerian comments were not tested; Arabizi only as part of tsac_tunisian. Tunisian
  and Moroccan had no training rows.
- Topics were learned from hotels and restaurants. Elsewhere they are a guess.
- No bank question has a sentiment label. Of {bank_n} such questions the model calls {bank}.
- Several sentiment labels come from stars or from emoji that were then removed, not from readers.
- The 20 unseen intents stay unseen in these weights too, so the numbers above describe what ships.

## Licences of the sources

No row of any set is part of this folder; see LICENSES.md for attribution.

"""


def percent(value):
    return f"{100 * value:.1f}"


def against(net, bar, key):
    """Two cells; the model's is bold where it is ahead."""
    own = percent(net[key])
    return f"{'**' + own + '**' if net[key] > bar[key] else own} | {percent(bar[key])}"


def error(measured):
    return percent(measured["calibration_error"]) if measured["calibration_error"] is not None else "-"


def ahead(result, split, key="accuracy", f1="micro_f1"):
    """(splits where the model is ahead, all), sentiment and topics together."""
    pairs = [(m[split]["net"][key], m[split]["svm"][key]) for m in result["sentiment"].values() if split in m]
    pairs += [(m[split]["net"][f1], m[split]["svm"][f1]) for m in result["topics"].values() if split in m]
    return sum(a > b for a, b in pairs), len(pairs)


def text(result, said, config):
    """The whole card."""
    head = said["heads"]
    rules = ", ".join(f"`{name}={value}`" for name, value in config["normalizer"]["rules"].items())
    out = HEAD.format(
        name=said["name"],
        topics=", ".join(head["topic"]["labels"]),
        dim=said["embedding_dim"],
        preset=config["normalizer"]["preset"],
        rules=rules,
        max_tokens=said["max_tokens"],
        sha=said["files"]["model.onnx"],
        machine=result["machine"],
        seed=result["seed"],
    )
    out += SENTIMENT.format(bar=bars.KIND, most=config["evaluate"]["max_rows"])
    for name, splits in result["sentiment"].items():
        for split, m in splits.items():
            out += f"| {name} | {split} | {m['n']} | {m['labels']} | {against(m['net'], m['svm'], 'accuracy')} | {against(m['net'], m['svm'], 'macro_f1')} | {error(m)} |\n"
    out += OUTSIDE
    for name, m in result["outside"].items():
        out += f"| {name} | {m['n']} | {m['labels']} | {against(m['net'], m['svm'], 'accuracy')} | {against(m['net'], m['svm'], 'macro_f1')} | {error(m)} |\n"
    out += TOPICS
    for name, splits in result["topics"].items():
        for split, m in splits.items():
            out += f"| {name} | {split} | {m['n']} | {m['topics']} | {against(m['net'], m['svm'], 'micro_f1')} | {against(m['net'], m['svm'], 'macro_f1')} |\n"
    summary = "; ".join(
        "{}: {} of {} by accuracy and micro-F1, {} of {} by macro-F1".format(
            split, *ahead(result, split), *ahead(result, split, "macro_f1", "macro_f1")
        )
        for split in ("dev", "test")
    )
    out += f"\nModel ahead of the bar, sentiment and topics together: {summary}.\n" + RETRIEVAL
    for name, m in result["retrieval"].items():
        out += f"| {name} | {m['n']} | {m['among']} | {percent(m['top1'])} % |\n"
    out += UNSEEN.format(n_intents=config["prepare"]["unseen_intents"])
    for name, m in result["unseen_intents"].items():
        out += (
            f"| {name} | {m['n']} | "
            + " | ".join(f"{m[k]['nmi']:.3f} ({m[k]['ari']:.3f})" for k in ("net", "minilm", "tfidf"))
            + " |\n"
        )
    bank = result["bank_questions"]
    shares = ", ".join(f"{percent(bank[label])} % {label}" for label in head["sentiment"]["labels"])
    out += CAVEATS.format(dialects=", ".join(result["tested_dialects"]), bank_n=bank["n"], bank=shares)
    return out + licences.table()
