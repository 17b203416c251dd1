"""A net of one layer that answers as the base model does: `rasd-fast`.

In: final.pt of the base model. Out: said.pt of the fast one, over the same vocabulary. The student reads texts of the training
rows and is drawn to the base's vector, to the likeness that the base sees between the texts of a batch, and to its
probabilities; no label is read. Rows of the table, first layer, heads and wide part start as the base's.
"""

import hashlib
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import common
import model
import said
import torch
import torch.nn.functional as F
import train


def drawn(config):
    """Set -> texts, no text twice."""
    groups, seen, most = {}, set(), config["distil"]["rows"]
    rows = common.prepared("train") + common.varied(config)
    for name in sorted({row["set"] for row in rows}):
        mine = common.drawn([row for row in rows if row["set"] == name], most)
        groups[name] = [row["text"] for row in mine]
        groups[f"{name} en"] = [row["en"] for row in mine if row["en"]]
    for row in said.rows(config):
        if said.learned(row):
            groups.setdefault(f"said {row['set']}", []).append(row["text"])
    fresh = lambda texts: [text for text in dict.fromkeys(texts) if text not in seen and not seen.add(text)]
    return {name: fresh(texts) for name, texts in groups.items()}


@torch.no_grad()
def answers(base, lists, threads):
    """(vectors f16[n, dim], logits f16[n, labels of every head]) of the base net, without padding beyond a batch."""
    order = sorted(range(len(lists)), key=lambda i: len(lists[i]))
    batches = [order[start : start + 64] for start in range(0, len(order), 64)]
    vectors = torch.zeros(len(lists), base.positions.shape[1], dtype=torch.half)
    logits = torch.zeros(len(lists), sum(head[2].out_features for head in base.heads.values()), dtype=torch.half)

    def answer(batch):
        torch.set_num_threads(1)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            found = base(*model.Batcher.pad([lists[i] for i in batch]))
        vectors[batch] = found["embedding"].half()
        logits[batch] = torch.cat([found[f"{name}_logits"] for name in base.heads], 1).half()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(answer, batches))
    return vectors, logits


def kept_answers(base, lists, weights, path, threads):
    """The base's answers, kept between runs as long as its weights and the texts stay."""
    mark = hashlib.sha256(weights.read_bytes() + repr(lists).encode()).hexdigest()
    kept = torch.load(path, weights_only=True) if path.exists() else {}
    if kept.get("of") != mark:
        vectors, logits = answers(base, lists, threads)
        kept = {"of": mark, "vectors": vectors, "logits": logits}
        torch.save(kept, path)
    return kept["vectors"], kept["logits"]


def start(net, base):
    """The base's tables, wide part and heads; its first layer with the units of most weight."""
    own, theirs = net.state_dict(), base.state_dict()
    width = net.layers[0].up.out_features
    units = theirs["layers.0.up.weight"].norm(dim=1) * theirs["layers.0.down.weight"].norm(dim=0)
    best = units.argsort(descending=True)[:width].sort().values
    for name, value in own.items():
        found = theirs[name]
        if ".up." in name:
            found = found[best]
        elif name.endswith("down.weight"):
            found = found[:, best]
        value.copy_(found)
    net.temperatures.fill_(1.0)


def loss_of(net, batch, settings):
    """What the student makes of a batch, against the base."""
    ids, mask = model.Batcher.pad([item["ids"] for item in batch])
    target = torch.stack([item["vector"].float() for item in batch])
    wanted = torch.stack([item["logits"].float() for item in batch])
    middle, last = net.encode(ids, mask)
    vectors = F.normalize(last.float(), dim=1)
    cosine = (1 - (vectors * target).sum(1)).mean()
    own = torch.eye(len(batch), dtype=torch.bool)
    likeness = lambda a: (a @ a.T * settings["likeness_scale"]).masked_fill(own, -1e4)
    alike = F.kl_div(F.log_softmax(likeness(vectors), 1), F.softmax(likeness(target), 1), reduction="batchmean")
    wide, heads, place = net.wide(ids, mask), 0.0, 0
    for name, head in net.heads.items():
        theirs = wanted[:, place : place + head[2].out_features]
        place += head[2].out_features
        logits = net.deep(name, middle, last).float()
        if name in net.columns:
            logits = logits + wide[:, net.columns[name]]
        if name in common.SEVERAL:
            # Of many labels few hold: the sum over labels, as one choice among them would count.
            each = F.binary_cross_entropy_with_logits(logits, theirs.sigmoid(), reduction="none").sum(1).mean()
        else:
            each = F.kl_div(F.log_softmax(logits, 1), F.softmax(theirs, 1), reduction="batchmean")
        heads = heads + each
    loss = settings["cosine_weight"] * cosine + settings["likeness_weight"] * alike + settings["head_weight"] * heads
    return loss, {"cosine": cosine, "likeness": alike, "heads": heads}


def main():
    args = common.arguments(__doc__)
    config = common.configured(args)
    base_config = common.load_config(args.config)
    settings, folder = config["distil"], common.model_work(config)
    source = common.model_work(base_config)
    for name in ("tokenizer.json", "teacher_rows.json"):
        shutil.copyfile(source / name, folder / name)
    torch.manual_seed(config["seed"])
    base, net = model.load(base_config, "final.pt", served=True), model.load(config, None, served=True).train()
    start(net, base)
    batcher = model.Batcher(folder, config["train"]["max_tokens"])
    groups, clock = drawn(config), time.time()
    lists = batcher.ids([text for texts in groups.values() for text in texts])
    vectors, logits = kept_answers(base, lists, source / "final.pt", folder / "answers.pt", settings["workers"])
    print(f"{len(lists)} texts answered by the base in {time.time() - clock:.0f} s", flush=True)
    items = iter([{"ids": i, "vector": v, "logits": w} for i, v, w in zip(lists, vectors, logits)])
    draw = train.Draw(
        [[next(items) for _ in texts] for texts in groups.values()],
        settings["power"],
        settings["batch"],
        config["seed"],
    )
    optims = train.optimizers(net, settings)
    rates = [[group["lr"] for group in optim.param_groups] for optim in optims]
    total, running, clock = settings["steps"], {}, time.time()
    pool, workers = ThreadPoolExecutor(settings["workers"]), settings["workers"]
    checkpoint = train.Checkpoint(folder / "checkpoint.pt", net, optims)
    first = checkpoint.restore()
    for _ in range(first * workers):  # the draws go on where they stopped
        draw.batch()
    for step in range(first, total):
        level = min(1.0, (step + 1) / (0.02 * total)) * (total - step) / total
        train.set_rates(optims, rates, level)
        batches = [draw.batch() for _ in range(workers)]
        parts = [lambda batch=batch: loss_of(net, batch, settings) for batch in batches]
        for name, value in train.add_gradients(net, pool, parts, settings).items():
            running[name] = 0.98 * running.get(name, value) + 0.02 * value
        for optim in optims:
            optim.step()
            optim.zero_grad()
        if (step + 1) % 100 == 0:
            rest = ", ".join(f"{name} {value:.4f}" for name, value in running.items())
            print(
                f"step {step + 1}/{total}, {(time.time() - clock) / (step + 1 - first):.3f} s a step: {rest}",
                flush=True,
            )
        if (step + 1) % settings["save_every"] == 0:
            checkpoint.save(step + 1)
    torch.save(net.state_dict(), folder / "said.pt")
    checkpoint.path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
