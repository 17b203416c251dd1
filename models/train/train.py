"""Joint training: Arabic beside the teacher's English, English kept in place, every head learned on top.

In: wide.pt. Out: trained.pt. `--second` goes on with the heads of what a comment says: from whole.pt
to said.pt. A checkpoint every `save_every` steps lets a stopped run go on.
The number of steps is fixed, so that a run repeats on the same machine with the same thread count.
"""

import math
import random
import time
from concurrent.futures import ThreadPoolExecutor

import common
import losses
import model
import said
import teacher
import torch


class Draw:
    """Endless batches of like length: a pool of several batches is drawn, sorted by length and cut.

    A group is drawn by its size to a power, times the weight of its rows where they have one.
    """

    def __init__(self, groups, power, size, seed):
        self.random, self.size, self.ready = random.Random(seed), size, []
        self.groups = [list(group) for group in groups if group]
        self.weights = [len(group) ** power * group[0].get("weight", 1.0) for group in self.groups]
        self.left = [[] for _ in self.groups]

    def one(self):
        i = self.random.choices(range(len(self.groups)), self.weights)[0]
        if not self.left[i]:
            self.left[i] = self.groups[i][:]
            self.random.shuffle(self.left[i])
        return self.left[i].pop()

    def batch(self):
        if not self.ready:
            pool = sorted((self.one() for _ in range(self.size * 8)), key=lambda item: len(item["ids"]))
            self.ready = [pool[i : i + self.size] for i in range(0, len(pool), self.size)]
            self.random.shuffle(self.ready)
        return self.ready.pop()


class Intents:
    """Batches of some intents with four rows each, English and Arabic alike."""

    def __init__(self, rows, groups, seed):
        self.random, self.groups, self.by = random.Random(seed), groups, {}
        for row in rows:
            self.by.setdefault(row["intent"], []).append(row)
        self.names = sorted(name for name, found in self.by.items() if len(found) >= 4)

    def batch(self):
        names = self.random.sample(self.names, min(self.groups, len(self.names)))
        return [row for name in names for row in self.random.sample(self.by[name], 4)]


class Data:
    """What a step draws from."""

    def __init__(self, config, folder, second=False):
        self.settings, seed = config["train"], config["seed"]
        batchers = [model.Batcher(folder, self.settings["max_tokens"])]
        if not config["tiny"]:
            drop = self.settings["piece_drop"]
            batchers += [model.Batcher(folder, self.settings["max_tokens"], (drop, seed + k)) for k in range(2)]
        rows = [row for row in common.prepared("train") + common.varied(config) if not common.left_out(row, config)]
        self.batchers, limit = batchers, config["prepare"]["max_pair_words"]
        pairs = self.capped(
            [row for row in rows if row["en"] and 1 <= len(row["en"].split()) <= limit], "pair_rows", seed
        )
        english = [
            [dict(row, en=row["text"]) for row in group]
            for group in self.capped([row for row in rows if row["lang"] == "en"], "english_rows", seed)
        ]
        if not config["tiny"]:
            flat = [row for group in pairs + english for row in group]
            for row, vector in zip(flat, teacher.vectors([row["en"] for row in flat], self.settings["max_tokens"])):
                row["vector"] = vector
        scores = torch.load(common.model_work(config) / "wide_scores.pt", weights_only=True)
        heads = {name: [] for name in common.heads(config)}
        for row in rows:
            for name in heads:
                found = scores.get(f"{name} {row['id']}")
                if found is not None:
                    heads[name].append(dict(row, wide=found))
        by_set = lambda rows: [[r for r in rows if r["set"] == name] for name in sorted({r["set"] for r in rows})]
        self.offsets = offsets(heads["sentiment"], self.settings["prior_share"])
        size = lambda name: self.settings[f"{name}_batch"]
        encoded = lambda groups, field="text": [self.items(group, field) for group in groups]
        self.pairs = Draw(encoded(pairs), 0.6, size("pair"), seed)
        self.english = Draw(encoded(english, "en"), 0.6, size("english"), seed + 1)
        self.said = Draw(encoded(by_set(heads["sentiment"])), 0.45, size("sentiment"), seed + 2)
        self.about = Draw(encoded(by_set(heads["topic"])), 1.0, size("topic"), seed + 3)
        labels = config["dialects"]["labels"]
        spoken = [[r for r in heads["dialect"] if r["dialect_label"] == label] for label in labels]
        self.spoken = Draw(encoded(spoken), 0.3, size("dialect"), seed + 4)
        named = self.items([row for row in rows if row["intent"] and row["split"] == "train"])
        self.intents = Intents(named, self.settings["intent_groups"], seed + 5)
        self.bank = None if config["tiny"] else torch.stack([row["vector"] for group in pairs for row in group])
        self.what = None
        if second:
            rows = [row for row in said.rows(config) if said.learned(row)]
            self.what = Draw(encoded(by_set(rows)), 0.5, config["said"]["batch"], seed + 6)

    def capped(self, rows, key, seed):
        """At most so many rows of each set named under `key`, drawn once, with their variants."""
        groups = []
        for name, cap in self.settings[key].items():
            group = [row for row in rows if row["set"] == name]
            chosen = [row["id"] for row in group if "kind" not in row]
            random.Random(seed).shuffle(chosen)
            chosen = set(chosen[:cap])
            groups.append([row for row in group if row["id"].partition("#")[0] in chosen])
        return groups

    def items(self, rows, field="text"):
        """Rows with the ids of one of their texts; every other variant is cut up in another way."""
        kinds = [hash_of(row["id"]) % (2 * len(self.batchers)) if "kind" in row else 0 for row in rows]
        kinds = [kind if kind < len(self.batchers) else 0 for kind in kinds]
        ids = [None] * len(rows)
        for number, batcher in enumerate(self.batchers):
            mine = [i for i, kind in enumerate(kinds) if kind == number]
            for i, found in zip(mine, batcher.ids([rows[i][field] for i in mine])):
                ids[i] = found
        return [dict(row, ids=found) for row, found in zip(rows, ids)]

    def step(self):
        """What one step reads, by part."""
        return {
            "pairs": self.pairs.batch(),
            "english": self.english.batch(),
            "said": self.said.batch(),
            "about": self.about.batch(),
            "spoken": self.spoken.batch(),
            "intents": self.intents.batch(),
            "what": self.what.batch() if self.what else [],
        }


def hash_of(text):
    """A number that is the same in every process."""
    return sum((i + 1) * ord(char) for i, char in enumerate(text))


def offsets(rows, share):
    """Set -> what its label shares add to the logits in training; a label the set lacks is out of the question."""
    counts = {}
    for row in rows:
        counts.setdefault(row["set"], [0] * len(common.LABELS))[common.LABELS.index(row["sentiment"])] += 1
    return {
        name: torch.tensor([share * math.log(n / sum(found)) if n else -1e4 for n in found])
        for name, found in counts.items()
    }


def optimizers(net, settings):
    """Dense parts under AdamW, the two row tables under SparseAdam."""
    heads = [p for name, p in net.named_parameters() if name.startswith("heads")]
    body = [p for name, p in net.named_parameters() if not name.startswith(("heads", "known_rows", "new_rows"))]
    return [
        torch.optim.AdamW(
            [{"params": body, "lr": settings["body_rate"]}, {"params": heads, "lr": settings["head_rate"]}],
            weight_decay=0.01,
        ),
        torch.optim.SparseAdam(net.known_rows.parameters(), lr=settings["english_row_rate"]),
        torch.optim.SparseAdam(net.new_rows.parameters(), lr=settings["arabic_row_rate"]),
    ]


def gradients_of(net, part, settings):
    """Gradients and named losses of one part."""
    torch.set_num_threads(1)
    with torch.autocast("cpu", torch.bfloat16, enabled=settings["bfloat16"]):
        loss, named = part()
    gradients = torch.autograd.grad(loss, list(net.parameters()), allow_unused=True)
    return gradients, {name: float(value.detach()) for name, value in named.items()}


def set_rates(optims, rates, *shares):
    """Every learning rate at these shares, multiplied in their order, of what it was at first."""
    for optim, base in zip(optims, rates):
        for group, rate in zip(optim.param_groups, base):
            group["lr"] = math.prod(shares, start=rate)


def add_gradients(net, pool, parts, settings):
    """Adds the gradients of all parts to the net's, in their order; named losses."""
    named = {}
    for gradients, losses_of in pool.map(lambda part: gradients_of(net, part, settings), parts):
        named.update(losses_of)
        for parameter, gradient in zip(net.parameters(), gradients):
            if gradient is not None:
                parameter.grad = gradient if parameter.grad is None else parameter.grad + gradient
    return named


class Checkpoint:
    """The state of a run, so that a stopped one goes on."""

    def __init__(self, path, net, optims):
        self.path, self.net, self.optims = path, net, optims

    def restore(self):
        """The step to go on from; 0 where nothing was kept."""
        if not self.path.exists():
            return 0
        saved = torch.load(self.path, weights_only=True)
        self.net.load_state_dict(saved["net"])
        for optim, state in zip(self.optims, saved["optims"]):
            optim.load_state_dict(state)
        return saved["step"]

    def save(self, step):
        """Keeps what `step` steps have made."""
        part = self.path.with_suffix(".part")
        torch.save(
            {"step": step, "net": self.net.state_dict(), "optims": [optim.state_dict() for optim in self.optims]}, part
        )
        part.rename(self.path)


@torch.no_grad()
def near_start(net, start, share):
    """Moves what both trainings learned back by a share of the way to `start` (Wortsman et al. 2022, "Robust fine-tuning"): in
    the middle the old is kept better and the new hardly less well."""
    fresh = tuple(f"heads.{name}." for name in common.SAID)
    for name, value in net.named_parameters():
        if not name.startswith(fresh):
            value.lerp_(start[name], share)


def main():
    args = common.arguments(__doc__, second={"action": "store_true", "help": "go on with what a comment says"})
    config = common.configured(args)
    if args.second:
        config["train"].update(config["said"]["train"])
    settings, folder = config["train"], common.model_work(config)
    torch.set_num_threads(config["threads"])
    torch.manual_seed(config["seed"])
    net = model.load(config, "whole.pt" if args.second else "wide.pt", served=args.second).train()
    data = Data(config, folder, args.second)
    work, optims = losses.Losses(net, data, config), optimizers(net, settings)
    rates = [[group["lr"] for group in optim.param_groups] for optim in optims]
    total, alone = settings["steps"], round(settings["rows_only_share"] * settings["steps"])
    checkpoint = Checkpoint(folder / "checkpoint.pt", net, optims)
    first = checkpoint.restore()
    for _ in range(first):  # the draws go on where they stopped
        data.step()
    start, running, pool = time.time(), {}, ThreadPoolExecutor(settings["workers"])
    for step in range(first, total):
        warm, fall = min(1.0, (step + 1) / (0.04 * total)), (total - step) / total
        set_rates(optims, rates, warm, fall)
        lone = step < alone and not config["tiny"]
        seen = add_gradients(net, pool, work.parts(data.step(), step, lone), settings)
        dense = [p for group in optims[0].param_groups for p in group["params"] if p.grad is not None]
        torch.nn.utils.clip_grad_norm_(dense, 1.0)
        for optim in optims[2:] if lone else optims:
            optim.step()
        for optim in optims:
            optim.zero_grad()
        for name, value in seen.items():
            running[name] = 0.95 * running.get(name, value) + 0.05 * value
        if (step + 1) % 20 == 0:
            rest = ", ".join(f"{name} {value:.3f}" for name, value in running.items())
            print(
                f"step {step + 1}/{total}, {(time.time() - start) / (step + 1 - first):.2f} s a step: {rest}",
                flush=True,
            )
        if (step + 1) % settings["save_every"] == 0:
            checkpoint.save(step + 1)
    if args.second:
        near_start(net, torch.load(folder / "whole.pt", weights_only=True), settings["start_share"])
    torch.save(net.state_dict(), folder / ("said.pt" if args.second else "trained.pt"))
    checkpoint.path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
