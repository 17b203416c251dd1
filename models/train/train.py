"""Joint training: Arabic beside the teacher's English, English kept in place, sentiment and topics learned on top.

In: align.pt and wide.pt. Out: trained.pt; a checkpoint every `save_every` steps lets a stopped run go on.
The number of steps is fixed, so that a run repeats on the same machine with the same thread count.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import common
import model
import teacher
import torch
import torch.nn.functional as F
import wide


class Draw:
    """Endless batches of like length: a pool of several batches is drawn, sorted by length and cut."""

    def __init__(self, groups, power, size, seed):
        self.random, self.size, self.ready = random.Random(seed), size, []
        self.groups = [list(group) for group in groups if group]
        self.weights = [len(group) ** power for group in self.groups]
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


def items(rows, batcher, field="text"):
    """Rows with the ids of one of their texts."""
    return [dict(row, ids=ids) for row, ids in zip(rows, batcher.ids([row[field] for row in rows]))]


def capped(rows, caps, seed):
    """At most caps[set] rows of each named set, drawn once."""
    groups = []
    for name, cap in caps.items():
        group = [row for row in rows if row["set"] == name]
        random.Random(seed).shuffle(group)
        groups.append(group[:cap])
    return groups


class Data:
    """What a step draws from."""

    def __init__(self, config, batcher):
        settings, seed = config["train"], config["seed"]
        rows = common.prepared("train")
        pairs = [
            row for row in rows if row["en"] and 2 <= len(row["en"].split()) <= config["prepare"]["max_pair_words"]
        ]
        groups = capped(pairs, settings["pair_rows"], seed)
        english = [
            [dict(row, en=row["text"]) for row in group] for group in capped(rows, settings["english_rows"], seed)
        ]
        if not config["tiny"]:
            flat = [row for group in groups + english for row in group]
            for row, vector in zip(flat, teacher.vectors([row["en"] for row in flat], settings["max_tokens"])):
                row["vector"] = vector
        english += [group[: len(group) // 4] for group in groups]
        scores = torch.load(common.model_work(config) / "wide_scores.pt", weights_only=True)
        for row in rows:
            for kind in ("sentiment", "topic"):
                found = scores.get(f"{kind} {row['id']}")
                if found is not None:
                    row[kind + "_wide"] = found
        said = [
            [row for row in rows if "sentiment_wide" in row and row["set"] == name]
            for name in sorted({r["set"] for r in rows if r["sentiment"]})
        ]
        about = [
            [row for row in rows if "topic_wide" in row and row["set"] == name]
            for name in sorted(wide.inventory(config))
        ]
        self.pairs = Draw([items(group, batcher) for group in groups], 0.6, settings["pair_batch"], seed)
        self.english = Draw(
            [items(group, batcher, "en") for group in english], 0.6, settings["english_batch"], seed + 1
        )
        self.said = Draw([items(group, batcher) for group in said], 0.45, settings["sentiment_batch"], seed + 2)
        self.about = Draw([items(group, batcher) for group in about], 1.0, settings["topic_batch"], seed + 3)
        self.bank = None if config["tiny"] else torch.stack([row["vector"] for group in groups for row in group])


def alignment_loss(net, data, settings, generator):
    """Pairs to the teacher's vectors, English to where the teacher has it."""
    pairs, english = data.pairs.batch(), data.english.batch()
    middle, last = net.encode(*model.Batcher.pad([row["ids"] for row in pairs]))
    _, kept = net.encode(*model.Batcher.pad([row["ids"] for row in english]))
    student, kept = F.normalize(last, dim=1), F.normalize(kept, dim=1)
    target = torch.stack([row["vector"] for row in pairs])
    cosine = (1 - (student * target).sum(1)).mean() + (
        1 - (kept * torch.stack([row["vector"] for row in english])).sum(1)
    ).mean()
    negatives = data.bank[torch.randint(len(data.bank), (settings["teacher_negatives"],), generator=generator)]
    # A sentence that the bank repeats is no negative of itself.
    same = lambda a, b: (a @ b.T) > 0.98
    own = torch.eye(len(pairs), dtype=torch.bool)
    inside = same(target, target) & ~own
    scale = settings["contrast_scale"]
    out = torch.cat(
        [
            (student @ target.T).masked_fill(inside, -1),
            (student @ negatives.T).masked_fill(same(target, negatives), -1),
        ],
        1,
    )
    back = (target @ student.T).masked_fill(inside, -1)
    gold = torch.arange(len(pairs))
    contrast = (F.cross_entropy(out * scale, gold) + F.cross_entropy(back * scale, gold)) / 2
    loss = settings["cosine_weight"] * cosine + settings["contrast_weight"] * contrast
    # Bank customers do not write about these topics: all their rows say "no".
    banking = [i for i, row in enumerate(pairs) if row["intent"]]
    if banking and settings["absent"]:
        ids, mask = model.Batcher.pad([pairs[i]["ids"] for i in banking])
        logits = net.logits(middle[banking], last[banking], net.wide(ids, mask))[1][:, settings["absent"]]
        loss = loss + 0.2 * F.binary_cross_entropy_with_logits(logits, torch.zeros_like(logits))
    return loss, {"cosine": cosine, "contrast": contrast}


def label_loss(net, data, settings, can, topics):
    """Sentiment and topics on top of the wide scores of folds that did not see the row."""
    said, about = data.said.batch(), data.about.batch()
    both = said + about
    middle, last = net.encode(*model.Batcher.pad([row["ids"] for row in both]))
    own = torch.stack([row["sentiment_wide"] for row in said] + [row["topic_wide"] for row in about])
    sentiment, topic = net.logits(middle, last, own)
    gold = torch.tensor([common.LABELS.index(row["sentiment"]) for row in said])
    weight = torch.tensor([settings["weak_weight"] if row["weak"] else 1.0 for row in said])
    first = (
        F.cross_entropy(sentiment[: len(said)], gold, reduction="none", label_smoothing=0.05) * weight
    ).sum() / weight.sum()
    gold = torch.tensor([[float(label in row["topics"]) for label in topics] for row in about])
    usable = torch.stack([torch.from_numpy(can[row["set"]]) for row in about]).float()
    second = (
        F.binary_cross_entropy_with_logits(topic[len(said) :], gold, reduction="none") * usable
    ).sum() / usable.sum()
    return settings["sentiment_weight"] * first + settings["topic_weight"] * second, {
        "sentiment": first,
        "topic": second,
    }


def optimizers(net, settings):
    """Dense parts under AdamW, the two row tables under SparseAdam."""
    heads = [p for name, p in net.named_parameters() if name.startswith(("sentiment", "topic"))]
    body = [
        p for name, p in net.named_parameters() if not name.startswith(("sentiment", "topic", "known_rows", "new_rows"))
    ]
    return [
        torch.optim.AdamW(
            [{"params": body, "lr": settings["body_rate"]}, {"params": heads, "lr": settings["head_rate"]}],
            weight_decay=0.01,
        ),
        torch.optim.SparseAdam(net.known_rows.parameters(), lr=settings["english_row_rate"]),
        torch.optim.SparseAdam(net.new_rows.parameters(), lr=settings["arabic_row_rate"]),
    ]


def gradients_of(net, part, settings):
    """Gradients and named losses of one part; the two parts of a step run side by side, one thread each."""
    torch.set_num_threads(1)
    with torch.autocast("cpu", torch.bfloat16, enabled=settings["bfloat16"]):
        loss, named = part()
    gradients = torch.autograd.grad(loss, list(net.parameters()), allow_unused=True)
    return gradients, {name: float(value.detach()) for name, value in named.items()}


def main():
    args = common.arguments(__doc__)
    config = common.load_config(args.config, args.tiny)
    settings, folder, topics = config["train"], common.model_work(config), config["topics"]["labels"]
    settings["absent"] = [topics.index(label) for label in config["topics"]["absent_in_banking"]]
    torch.set_num_threads(config["threads"])
    torch.manual_seed(config["seed"])
    generator = torch.Generator().manual_seed(config["seed"])
    net = model.load(config, "wide.pt").train()
    data = Data(config, model.Batcher(folder, settings["max_tokens"]))
    can, optims = wide.inventory(config), optimizers(net, settings)
    rates = [[group["lr"] for group in optim.param_groups] for optim in optims]
    total, alone = settings["steps"], round(settings["rows_only_share"] * settings["steps"])
    checkpoint, first = folder / "checkpoint.pt", 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        first = saved["step"]
        net.load_state_dict(saved["net"])
        for optim, state in zip(optims, saved["optims"]):
            optim.load_state_dict(state)
        for _ in range(first):  # the draws go on where they stopped
            data.pairs.batch(), data.english.batch(), data.said.batch(), data.about.batch()
            torch.randint(1 << 20, (settings["teacher_negatives"],), generator=generator)
    start, running, pool = time.time(), {}, ThreadPoolExecutor(2)
    for step in range(first, total):
        warm, fall = min(1.0, (step + 1) / (0.04 * total)), (total - step) / total
        for optim, base in zip(optims, rates):
            for group, rate in zip(optim.param_groups, base):
                group["lr"] = rate * warm * fall
        parts = [] if config["tiny"] else [lambda: alignment_loss(net, data, settings, generator)]
        if step >= alone or config["tiny"]:
            parts.append(lambda: label_loss(net, data, settings, can, topics))
        seen = {}
        for gradients, named in pool.map(lambda part: gradients_of(net, part, settings), parts):
            seen.update(named)
            for parameter, gradient in zip(net.parameters(), gradients):
                if gradient is not None:
                    parameter.grad = gradient if parameter.grad is None else parameter.grad + gradient
        dense = [p for group in optims[0].param_groups for p in group["params"] if p.grad is not None]
        torch.nn.utils.clip_grad_norm_(dense, 1.0)
        for optim in optims[2:] if step < alone and not config["tiny"] else optims:
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
            part = checkpoint.with_suffix(".part")
            torch.save(
                {"step": step + 1, "net": net.state_dict(), "optims": [optim.state_dict() for optim in optims]}, part
            )
            part.rename(checkpoint)
    torch.save(net.state_dict(), folder / "trained.pt")
    checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
