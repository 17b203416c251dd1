"""metrics.json -> MODEL_CARD.md. Words around numbers; no number that the evaluation did not hand over.

Only the standard library and metrics.json are read, so that a test can write the card again and compare.
"""

import card_tables as tables

HEAD = """# {name}

A small encoder for customer comments in Arabic and English. One pass gives the sentiment (negative, neutral,
positive), topics ({topics}), kind, emotion, cues and who is blamed, {dialect}and a vector of {dim} numbers in which Arabic and
English comments about the same thing lie near each other. Text enters through rasd's normalizer as config.json spells
it out; at most {max_tokens} pieces are read.

Written by `models/train/evaluate.py`; every number is in metrics.json beside this file. model.onnx sha256 `{sha}`.
{machine}. Training seed {seed}.

## In short

{summary}
SVC: {svm}. On a set of ours it is trained on the set's own training rows, the very ones the model saw; for sets never
trained on, on all our training rows. MiniLM: {minilm}. Means are over sets, each counting once.{seeds}

## What it is made of

{made} Beside the layers a wide part adds one weight for each piece and each pair of neighbouring pieces. Weights
are 8-bit, sums 32-bit; a comment's result does not depend on the other comments of its batch.
"""
MADE = """\
The layers and English rows of all-MiniLM-L6-v2 (Apache-2.0); Arabic rows started from translated pairs (IBM model 1),
then everything trained together: Arabic sentences toward the teacher's English vectors, English kept in place, all
heads on top."""
MADE_BY_ANOTHER = """\
One layer over the tables of `{teacher}`, which answered some hundred thousand training texts; this net was drawn to its
vectors, to the likeness it sees between texts and to its probabilities, and read no label itself (`distil.py`)."""
SENTIMENT = """
## Sentiment

Where a set has two labels, all sides choose between those two; a third answer that the model would give in use is not
counted. F1-PN is the mean F1 of positive and negative. Rows are split by near-duplicate cluster over all sets; `dev`
fitted temperatures and weights of parts, `test` fitted nothing. At most {most} rows of a split, drawn by a hash.
Calibration error: 15 equal bins, where all three labels occur.

{table}
### Sets the model never trained on

No row of these reached a weight (research-only, copyleft or unstated licences). The SVC is one machine trained on all our
training rows, MiniLM's regression on all our English ones.

{outside}
### By variety

Test rows and the sets never trained on, together; a row is judged within its own set.

{varieties}
### By domain

{domains}
### Each class: precision / recall / F1

{classes}
### If only the surest comments count

Accuracy on the most confident share of a set's rows.

{coverage}
### Calibration

{calibration}"""
SEEDS = """
## Sentiment over {n} seeds

Median, lowest and highest of the runs, beside the SVC, which has no seed.

{table}"""
TOPICS = """
## Topics

Several topics can hold at once; a set is measured on the topics that its own categories can say. Thresholds were fitted
on `dev`.

{table}
{each}"""
SAID = """
## What a comment says

Kind, emotion, sarcasm, topics, cues and actor as the library gives them: heads and words of the taxonomy together. An answer
withheld counts as wrong in F1; beside it the share answered and how often an answer is right. In `suggestion_semeval19a`
the question is whether a sentence suggests; in `emotional_tone_ar` sadness is read as disappointment and fear as worry.

### On data

{data}
### On written sentences

The probe's test half, written for this project and not collected, with hard cases on purpose; the training sentences
under `models/train/written` were written the same way by others, so figures on customers' own comments will be lower.

{probe}
Each label, precision / recall / F1:

{classes}
### If only the surest answers count

How often the answers to the surest share of all rows are right; "-" where fewer are answered. Of topics and cues, how many of
the surest share of the labels told are right; of the actor, of the rows where somebody or something is blamed.

{curves}
### A topic of one's own

Every topic given by five phrases in one language, as a user would give it, beside the trained head; macro-F1 over the topics
that a set can say.

{own}"""
DIALECT = """
## Dialect

Accuracy and macro-F1 of a forced answer among all labels; then the share of comments that get an answer at the shipped
threshold ({threshold:.2f}) and how often that answer is right. The SVC is trained on the same dialect rows. `elhaj_dialects`
(comments on news), `dial2msa` (tweets) and `madar_coda` (travel sentences) were never trained on. The labels of
`dial2msa` leak: its tweets were searched for by dialect keywords, so any reader of words does well on it.

{table}
Precision / recall / F1 of each dialect:

{classes}"""
CONSISTENCY = """
## The same sentence in another spelling

{n} Arabic comments of dev and test, written again with vowel signs, with drawn-out letters, with common misspellings, in
Latin letters, in dialect words, and sent through the normalizer. A kind that cannot change a comment leaves it out; `seen
as other text` is what the normalizer left different.

{table}"""
MEANING = """
## Clusters of unseen intents

Questions of bank customers (and of users of an assistant, CLINC) on intents that no training row has; k-means with the
true number, mean of 3 seeds, and Ward. NMI (ARI). Each language's mean is removed for the model. MiniLM reads English
only; TF-IDF is the bar's features in 100 dimensions. Weakest language over English: {parity} (Ward {ward}).

{table}"""
RETRIEVAL = """
## Arabic beside English

A sentence looks for its own translation among all of the other side, then back. Top 1 / top 5.

{across}
Within Arabic, a dialect looks for its MSA, or one spelling for the other; here TF-IDF is a bar (top 1).

{within}"""
INT8 = """
## What 8 bits cost

On {n} dev comments the trained net is right on {trained} % and the shipped graph on {graph} % (mean over sets); they agree
on {same} %. Cosine of their vectors: mean {mean}, least {least}.
"""
COST = """
## What the further heads cost

On {n} comments the graph with sentiment alone took {sentiment} ms of CPU a comment and the whole graph {whole} ms, in turns
in one run; the words of the taxonomy took {words} ms. Together {added} % more than sentiment alone.
"""
PUBLISHED = """
## Published, other splits

Large encoders that others trained and tested on their own splits, often on two of three labels and with near-duplicates
on both sides. They are no bar of this run.

{table}"""
ABLATIONS = """
## What each part brings

{table}"""
CAVEATS = """
## Know before use

- {runs}
- No test at all, sentiment, varieties: {varieties}.
- No test at all, sentiment, domains: {domains}. Shop, hotel and restaurant reviews and tweets stand in for survey answers.
- No test at all, dialect head: {labels}.
- Sentiment rows with mixed labels are left out of training and measuring: a comment that praises and complains gets one sign.
- Topics were learned from hotels, restaurants, banks, a shop's help desk and written sentences. Elsewhere they are a guess.
- Kind, emotion of Arabic, cues and actor have hardly any labelled data: they were learned from forms, signs and written sentences.
- No bank question has a sentiment label. Of {bank_n} such questions the model calls {bank}.
- Several sentiment labels come from stars or from emoji that were then removed, not from readers.
- The unseen intents stay unseen in these weights too, so the numbers above describe what ships.

## Sources

No row of any set is part of this folder; LICENSES.md has attribution and links.

{sources}"""


def names(values):
    return ", ".join(values) or "none"


def calibration(section):
    rows = [[name, m["n"], tables.percent(m["error"])] for name, m in section.items() if m]
    return tables.table(["rows of three-label sets", "n", "calibration error"], rows)


def head(result, said):
    heads = said["heads"]
    dialects = heads.get("dialect")
    many = len(result["seeds"])
    teacher = result["taught_by"]
    return HEAD.format(
        name=said["name"],
        made=MADE_BY_ANOTHER.format(teacher=teacher) if teacher else MADE,
        topics=names(heads["topic"]["labels"]),
        dialect=f"the dialect of Arabic text ({names(dialects['labels'])}, or no answer), " if dialects else "",
        dim=said["embedding_dim"],
        max_tokens=said["max_tokens"],
        sha=result["files"]["model.onnx"],
        machine=result["machine"],
        seed=result["seed"],
        summary=tables.summary(result),
        svm=result["bars"]["svm"],
        minilm=result["bars"]["minilm"],
        seeds=f" Seeds of the other runs: {names(str(run['seed']) for run in result['seeds'])}." if many else "",
    )


def sentiment(result):
    own = tables.flat(result["sentiment"])
    outside = [(name, "all", m) for name, m in result["outside"].items()]
    told = [one for one in own if one[1] == "test"] + outside
    labels = ["negative", "neutral", "positive"]
    return SENTIMENT.format(
        most=result["max_rows"],
        table=tables.sentiment(own),
        outside=tables.sentiment(outside),
        varieties=tables.pooled(result["varieties"]),
        domains=tables.pooled(result["domains"]),
        classes=tables.classes(told, labels, labels),
        coverage=tables.coverage(told),
        calibration=calibration(result["sentiment_calibration"]),
    )


def dialect(result, said):
    labels = said["heads"]["dialect"]["labels"]
    return DIALECT.format(
        threshold=result["dialect_threshold"],
        table=tables.dialect(result["dialect"]),
        classes=tables.classes(tables.flat(result["dialect"]), labels, labels),
    )


def int8(m):
    return INT8.format(
        n=m["n"],
        trained=tables.percent(m["accuracy"]["trained"]),
        graph=tables.percent(m["accuracy"]["int8"]),
        same=tables.percent(m["same_label"]),
        mean=tables.share(m["mean_cosine"]),
        least=tables.share(m["least_cosine"]),
    )


def cost(m):
    millis = {name: f"{1000 * seconds:.3f}" for name, seconds in m["seconds"].items()}
    return COST.format(
        n=m["n"],
        sentiment=millis["sentiment"],
        whole=millis["every head"],
        words=millis["words"],
        added=tables.percent(m["added"]),
    )


def caveats(result):
    bank, many = result["bank_questions"], 1 + len(result["seeds"])
    one = "One run with one seed: differences of a point or two between model and bar mean little, least of all on small sets."
    several = f"The tables are one run of {many}; the first table says how far seeds differ."
    return CAVEATS.format(
        runs=one if many == 1 else several,
        varieties=names(result["untested"]["varieties"]),
        domains=names(result["untested"]["domains"]),
        labels=names(result["untested"]["dialect labels"]),
        bank_n=bank["n"],
        bank=", ".join(f"{tables.percent(bank[label])} % {label}" for label in ("negative", "neutral", "positive")),
        sources=tables.sources(result["sources"]),
    )


def text(result, said):
    """The whole card; a section that the folder or the machine could not give is left out."""
    parts = [head(result, said), sentiment(result)]
    if result["seeds"]:
        parts.append(SEEDS.format(n=1 + len(result["seeds"]), table=tables.seeds(result)))
    parts.append(TOPICS.format(table=tables.topics(result["topics"]), each=tables.each_topic(result["topics"])))
    if "said" in result:
        parts.append(SAID.format(**tables.said(result["said"]), own=tables.own_topics(result["own_topics"])))
    if "dialect" in result:
        parts.append(dialect(result, said))
    rows = max((m["of"] for m in result["consistency"].values()), default=0)
    parts.append(CONSISTENCY.format(n=rows, table=tables.consistency(result["consistency"])))
    parity = {key: tables.share(value) for key, value in result["parity"].items()}
    parts.append(
        MEANING.format(parity=parity["nmi"], ward=parity["ward_nmi"], table=tables.unseen(result["unseen_intents"]))
    )
    parts.append(RETRIEVAL.format(**tables.retrieval(result["retrieval"])))
    if "int8" in result:
        parts.append(int8(result["int8"]))
    if "cost" in result:
        parts.append(cost(result["cost"]))
    parts.append(PUBLISHED.format(table=tables.others(result)))
    if result["ablations"]:
        parts.append(ABLATIONS.format(table=tables.ablations(result["ablations"])))
    return "".join([*parts, caveats(result)])
