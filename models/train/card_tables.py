"""Tables of the model card, each from one section of metrics.json. The model's figure is bold where it is ahead."""

import statistics

import headline
import published


def percent(value):
    return "-" if value is None else f"{100 * value:.1f}"


def share(value):
    return "-" if value is None else f"{value:.3f}"


def against(own, *others, shown=percent):
    """Cells of the model's figure and of each bar's."""
    there = [value for value in others if value is not None]
    first = shown(own)
    if own is not None and there and own > max(there):
        first = f"**{first}**"
    return [first, *map(shown, others)]


def table(columns, rows):
    """A Markdown table; empty without rows."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n" if rows else ""


def figure(unit, value):
    """A headline figure with its unit."""
    return {"%": f"{100 * value:.1f} %", "share": f"{value:.3f}", "MB": f"{value:.1f} MB"}.get(unit, f"{value:g}")


def summary(result):
    seeds, rows = headline.spread(result), []
    for one in result["headline"]:
        beside = ", ".join(f"{name.replace('_', '-')} {figure(one['unit'], v)}" for name, v in one["beside"].items())
        row = [one["what"], figure(one["unit"], one["model"]), beside or "-"]
        if seeds:
            row.append("{} ({} to {})".format(*(figure(one["unit"], v) for v in seeds[one["what"]])))
        rows.append(row)
    columns = ["what", "this model", "beside it"]
    return table(columns + [f"median of {1 + len(result['seeds'])} seeds (lowest to highest)"] * bool(seeds), rows)


def seeds(result):
    """Each sentiment set over the seeds, beside the SVC."""
    runs, rows = [headline.sets(result), *(run["sets"] for run in result["seeds"])], []
    for name, one in runs[0].items():
        cells = []
        for key in ("accuracy", "macro_f1"):
            values = [run[name][key] for run in runs if name in run]
            cells += against(statistics.median(values), one[f"svm_{key}"])
            cells.append(f"{percent(min(values))} to {percent(max(values))}")
        rows.append([name, *cells])
    return table(["set", "accuracy", "SVC", "lowest to highest", "macro-F1", "SVC", "lowest to highest"], rows)


def of(m, name, key):
    return m[name][key] if m.get(name) else None


def sentiment(groups):
    """`groups`: (name, split, figures)."""
    rows = []
    for name, split, m in groups:
        cells = [
            cell
            for key in ("accuracy", "macro_f1", "f1_pn")
            for cell in against(m["net"][key], of(m, "svm", key), *([of(m, "minilm", key)] if key != "f1_pn" else []))
        ]
        rows.append([name, split, m["n"], m["labels"], *cells, percent(m["calibration_error"])])
    bars = ["SVC", "MiniLM"]
    columns = ["set", "split", "n", "labels", "accuracy", *bars, "macro-F1", *bars, "F1-PN", "SVC", "calibration error"]
    return table(columns, rows)


def classes(groups, names, columns):
    """Precision / recall / F1 of each class, and the SVC's F1."""
    rows = []
    for name, split, m in groups:
        cells = []
        for label in names:
            one = m["net"]["classes"].get(label)
            bar = (m["svm"] or {"classes": {}})["classes"].get(label)
            cells.append("-" if one is None else " / ".join(percent(one[k]) for k in ("precision", "recall", "f1")))
            cells.append(percent(bar["f1"]) if bar else "-")
        rows.append([name, split, *cells])
    return table(["set", "split", *(cell for label in columns for cell in (label, "SVC F1"))], rows)


def coverage(groups):
    rows = []
    for name, split, m in groups:
        shares = m["net"]["coverage"]
        bar = of(m, "svm", "coverage") if "coverage" in (m["svm"] or {}) else None
        beside = f"{percent(bar['100'])} / {percent(bar['60'])}" if bar else "-"
        rows.append([name, split, *(percent(value) for value in shares.values()), beside])
    return table(["set", "split", "all", "90 %", "80 %", "60 %", "40 %", "SVC at all / 60 %"], rows)


def pooled(section):
    rows = []
    for name, m in section.items():
        cells = [c for key in ("accuracy", "macro_f1", "f1_pn") for c in against(m["net"][key], m["svm"][key])]
        neutral = [m[who]["classes"].get("neutral", {}).get("f1") for who in ("net", "svm")]
        rows.append([name, m["n"], *cells, *against(*neutral), ", ".join(m["sets"])])
    columns = [cell for key in ("accuracy", "macro-F1", "F1-PN", "F1 of neutral") for cell in (key, "SVC")]
    return table(["", "n", *columns, "sets"], rows)


def topics(section):
    rows = []
    for name, splits in section.items():
        for split, m in splits.items():
            cells = [
                cell
                for key in ("micro_f1", "macro_f1")
                for cell in against(m["net"][key], of(m, "svm", key), of(m, "minilm", key))
            ]
            rows.append([name, split, m["n"], len(m["net"]["topics"]), *cells, percent(m["calibration_error"])])
    bars = ["SVC", "MiniLM"]
    return table(["set", "split", "n", "topics", "micro-F1", *bars, "macro-F1", *bars, "calibration error"], rows)


def each_topic(section):
    rows = [
        [name, topic, one["n"], " / ".join(percent(one[k]) for k in ("precision", "recall", "f1")), percent(m["svm"]["topics"][topic]["f1"])]
        for name, splits in section.items()
        for m in [splits["test"]]
        for topic, one in m["net"]["topics"].items()
    ]  # fmt: skip
    return table(["set", "topic", "n", "precision / recall / F1", "SVC F1"], rows)


def flat(section):
    """(name, split, figures) of a section that is set -> split -> figures."""
    return [(name, split, m) for name, splits in section.items() for split, m in splits.items()]


def dialect(section):
    rows = []
    for name, split, m in flat(section):
        cells = [c for key in ("accuracy", "macro_f1") for c in against(m["net"][key], of(m, "svm", key))]
        cells += [percent(m["answered"]), percent(m["accuracy_answered"]), percent(m["calibration_error"])]
        rows.append([name, split, m["n"], m["labels"], *cells])
    columns = ["accuracy", "SVC", "macro-F1", "SVC", "answered", "accuracy of answers", "calibration error"]
    return table(["set", "split", "n", "labels", *columns], rows)


def consistency(section):
    rows = [
        [kind, f"{m['n']} of {m['of']}", percent(m["changed"]), *against(m["same"], m["svm_same"]), share(m["cosine"]), percent(m["accuracy_before"]), percent(m["accuracy_after"])]
        for kind, m in section.items()
    ]  # fmt: skip
    columns = ["rows it can write", "seen as other text", "same sentiment", "SVC", "cosine", "accuracy before", "after"]
    return table(["spelling", *columns], rows)


def unseen(section):
    rows = []
    for name, m in section.items():
        cells = []
        for nmi, ari in (("nmi", "ari"), ("ward_nmi", "ward_ari")):
            for who in ("net", "minilm", "tfidf"):
                cells.append(f"{share(m[who][nmi])} ({share(m[who][ari])})")
        rows.append([headline.KINDS_OF_INTENT[name], m["n"], m["intents"], *cells])
    who = ["MiniLM", "TF-IDF"]
    return table(["questions", "n", "intents", "k-means", *who, "Ward", *who], rows)


def retrieval(section):
    """Two tables: `across` the languages and `within` Arabic, where TF-IDF is a bar."""
    across, within = [], []
    for name, m in section.items():
        cells = [f"{percent(m[f'{way}_top1'])} / {percent(m[f'{way}_top5'])}" for way in ("there", "back")]
        row, bar = [name, m["n"], m["among"], *cells], m.get("tfidf")
        if bar:
            within.append([*row, f"{percent(bar['there_top1'])}, back {percent(bar['back_top1'])}"])
        else:
            across.append(row)
    return {
        "across": table(["sentences", "English", "Arabic", "English to Arabic", "Arabic to English"], across),
        "within": table(["sentences", "n", "among", "there", "back", "TF-IDF"], within),
    }


def others(result):
    rows = []
    for name, what, systems, source, path in published.NUMBERS:
        here = result
        for key in path or ():
            here = here.get(key, {}) if isinstance(here, dict) else {}
        shown = percent(here) if path and isinstance(here, float) else "-"
        values = ", ".join(f"{system} {value}" for system, value in systems.items())
        rows.append([name, what, values, shown, source])
    return table(["set", "figure", "published, other splits", "here, our split", "source"], rows)


def ablations(entries):
    """Columns are name, what, steps and every figure that some entry has."""
    fixed = ["name", "what", "steps"]
    figures = list(dict.fromkeys(key for entry in entries for key in entry if key not in fixed))
    shown = lambda value: share(value) if isinstance(value, float) else ("-" if value is None else value)
    return table([*fixed, *figures], [[shown(entry.get(key)) for key in (*fixed, *figures)] for entry in entries])


def sources(section):
    rows = [
        [name, ", ".join(one["use"]), one["licence"], one["origin"]]
        for name, one in section.items()
        if one["use"] != ["measure"]
    ]
    return table(["set", "used for", "licence", "origin"], rows)


def said(section):
    """Tables of what a comment says: on data, on the probe, label by label."""
    data, written, classes, curves = [], [], [], []
    for name, fields in section.items():
        for field, found in fields.items():
            parts = found if name.startswith("probe") else {"all": found}
            for variety, m in parts.items():
                if "macro_f1" in m and "answered" in m:
                    cells = [percent(m["macro_f1"]), percent(m["answered"]), percent(m["right_of_answered"])]
                    n, each = m["n"], m["classes"]
                else:
                    cells = [percent(m[key]) for key in ("micro_f1", "micro_precision", "micro_recall")]
                    n, each = sum(one["n"] for one in m["topics"].values()), m["topics"]
                (written if name.startswith("probe") else data).append(
                    [*([field, variety] if name.startswith("probe") else [name, field]), n, *cells]
                )
                if "coverage" in m and variety == "all":
                    curves.append([name, field, *("-" if v is None else percent(v) for v in m["coverage"].values())])
                if variety == "all":
                    for label, one in each.items():
                        classes.append(
                            [
                                name,
                                field,
                                label,
                                one["n"],
                                " / ".join(percent(one[k]) for k in ("precision", "recall", "f1")),
                            ]
                        )
    columns = ["n", "macro-F1", "answered", "right of answered"]
    return {
        "data": table(["set", "what", *columns], data),
        "probe": table(["what", "variety", *columns], [row for row in written if row[0] not in ("topics", "cues")])
        + "\n"
        + table(
            ["what", "variety", "labels", "micro-F1", "precision", "recall"],
            [row for row in written if row[0] in ("topics", "cues")],
        ),
        "classes": table(["set", "what", "label", "n", "precision / recall / F1"], classes),
        "curves": table(["set", "what", "20 %", "40 %", "60 %", "80 %"], curves),
    }


def own_topics(section):
    readers = [reader for reader in next(iter(section.values())) if reader != "n"]
    rows = [[name, m["n"], *(percent(m[reader]["macro_f1"]) for reader in readers)] for name, m in section.items()]
    return table(["set", "n", *readers], rows)
