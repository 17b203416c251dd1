"""What a training step asks of the net: three parts whose gradients are taken one by one, or side by side."""

import common
import heads
import model
import torch
import torch.nn.functional as F
import wide

BLANK = 1  # the id of [UNK]


class Losses:
    """The parts of a step over the rows that `train.Data` drew."""

    def __init__(self, net, data, config):
        self.net, self.data, self.config, self.settings = net, data, config, config["train"]
        topics = config["topics"]["labels"]
        self.first = "kind" not in net.heads  # the topics of the first training are the sets' own
        self.absent = [topics.index(label) for label in config["topics"]["absent_in_banking"] if self.first]
        # The wide scores of training rows follow the heads of the first training.
        self.columns, start = {}, 0
        for name, labels in common.heads(config).items():
            self.columns[name] = slice(start, start + len(labels))
            start += len(labels)
        self.can = {name: torch.from_numpy(found).float() for name, found in wide.inventory(config).items()}

    def parts(self, rows, step, alone):
        """The losses of a step as functions; `alone`: Arabic rows are being placed, heads wait."""
        seeds = [self.config["seed"] * 1_000_003 + step * 3 + k for k in range(3)]
        generator = lambda k: torch.Generator().manual_seed(seeds[k])
        found = [] if self.config["tiny"] else [lambda: self.alignment(rows, generator(0))]
        if not alone:
            found.append(lambda: self.labels(rows, generator(1)))
            if not self.config["tiny"] and self.settings["intent_weight"]:
                found.append(lambda: self.intents(rows["intents"]))
        if not rows["what"]:
            return found
        # The second training goes over what the first one taught by turns: vectors, then labels.
        halves = [rows["what"][k::2] for k in range(2)]
        generators = [torch.Generator().manual_seed(2 * seeds[2] + k) for k in range(2)]
        said = [lambda k=k: self.what(halves[k], generators[k], 0.5) for k in range(2)]
        return found[step % 2 :: 2] + said

    def encode(self, lists):
        """(ids, mask, middle, last) of id lists."""
        ids, mask = model.Batcher.pad(lists)
        return ids, mask, *self.net.encode(ids, mask)

    def sentiment(self, encoded):
        ids, mask, middle, last = encoded
        return self.net.deep("sentiment", middle, last) + self.net.wide(ids, mask)[:, self.net.columns["sentiment"]]

    def alignment(self, rows, generator):
        """Arabic to the teacher's vector of its English; English to where the teacher has it."""
        settings, pairs, english = self.settings, rows["pairs"], rows["english"]
        picked = slice(None, None, max(1, len(pairs) // settings["own_english"]))
        own = pairs[picked]
        arabic = self.encode([row["ids"] for row in pairs])
        own_ids = self.data.batchers[0].ids([row["en"] for row in own])
        kept = self.encode([row["ids"] for row in english] + own_ids)
        student, target = F.normalize(arabic[3], dim=1), torch.stack([row["vector"] for row in pairs])
        place = torch.stack([row["vector"] for row in english + own])
        cosine = (1 - (student * target).sum(1)).mean() + (1 - (F.normalize(kept[3], dim=1) * place).sum(1)).mean()
        bank = self.data.bank
        negatives = bank[torch.randint(len(bank), (settings["teacher_negatives"],), generator=generator)]
        # A sentence that the bank repeats is no negative of itself.
        same = lambda a, b: (a @ b.T) > 0.98
        inside = same(target, target) & ~torch.eye(len(pairs), dtype=torch.bool)
        out = torch.cat(
            [
                (student @ target.T).masked_fill(inside, -1),
                (student @ negatives.T).masked_fill(same(target, negatives), -1),
            ],
            1,
        )
        back = (target @ student.T).masked_fill(inside, -1)
        gold, scale = torch.arange(len(pairs)), settings["contrast_scale"]
        contrast = (F.cross_entropy(out * scale, gold) + F.cross_entropy(back * scale, gold)) / 2
        # What the English is felt to say, its Arabic should be felt to say.
        theirs = F.softmax(self.sentiment(kept)[len(english) :].detach().float(), 1)
        mine = F.log_softmax(self.sentiment(arabic)[picked].float(), 1)
        crossing = F.kl_div(mine, theirs, reduction="batchmean")
        loss = settings["cosine_weight"] * cosine + settings["contrast_weight"] * contrast
        loss = loss + settings["crossing_weight"] * crossing
        # Bank customers do not write about these topics: all their rows say "no".
        banking = [i for i, row in enumerate(pairs) if row["intent"]]
        if banking and self.absent:
            ids, mask, middle, last = (part[banking] for part in arabic)
            logits = self.net.deep("topic", middle, last) + self.net.wide(ids, mask)[:, self.net.columns["topic"]]
            logits = logits[:, self.absent]
            loss = loss + 0.2 * F.binary_cross_entropy_with_logits(logits, torch.zeros_like(logits))
        return loss, {"cosine": cosine, "contrast": contrast, "crossing": crossing}

    def intents(self, rows):
        """Rows of one intent lie together, whatever the language (supervised contrast, Khosla et al. 2020)."""
        _, _, _, last = self.encode([row["ids"] for row in rows])
        vectors = F.normalize(last.float(), dim=1)
        own = torch.eye(len(rows), dtype=torch.bool)
        scores = (vectors @ vectors.T * self.settings["intent_scale"]).masked_fill(own, -1e4)
        names = [row["intent"] for row in rows]
        alike = torch.tensor([[a == b for b in names] for a in names]) & ~own
        log = F.log_softmax(scores, 1)
        loss = -((log * alike).sum(1) / alike.sum(1)).mean()
        return self.settings["intent_weight"] * loss, {"intents": loss}

    def blanked(self, ids, generator):
        """Some pieces made unknown, never the first."""
        drop = torch.rand(len(ids), generator=generator) < self.settings["token_drop"]
        return [BLANK if gone and 0 < i < len(ids) - 1 else piece for i, (piece, gone) in enumerate(zip(ids, drop))]

    def labels(self, rows, generator):
        """The heads, on top of the wide scores of folds that did not see the row."""
        settings, net = self.settings, self.net
        said, about, spoken = rows["said"], rows["about"] if self.first else [], rows["spoken"]
        both = said + about + spoken
        middle, last = net.encode(*model.Batcher.pad([self.blanked(row["ids"], generator) for row in both]))
        own = torch.stack([row["wide"] for row in both])
        logits = lambda name, part: net.deep(name, middle[part], last[part]) + own[part, self.columns[name]]
        first, second = slice(0, len(said)), slice(len(said), len(said) + len(about))
        third = slice(len(said) + len(about), len(both))

        offset = torch.stack([self.data.offsets[row["set"]] for row in said])
        scores = F.log_softmax(logits("sentiment", first).float() + offset, 1)
        gold = torch.tensor([common.LABELS.index(row["sentiment"]) for row in said])
        allowed = (offset > -1e3).float()
        smooth = 0.05 * (scores * allowed).sum(1) / allowed.sum(1)
        weight = torch.tensor([settings["weak_weight"] if row["weak"] else 1.0 for row in said])
        each = -0.95 * scores.gather(1, gold[:, None])[:, 0] - smooth
        sentiment = (each * weight).sum() / weight.sum()

        labels = self.config["dialects"]["labels"]
        gold = torch.tensor([labels.index(row["dialect_label"]) for row in spoken])
        dialect = F.cross_entropy(logits("dialect", third).float(), gold, label_smoothing=0.05)
        loss = settings["sentiment_weight"] * sentiment + settings["dialect_weight"] * dialect
        if not about:
            return loss, {"sentiment": sentiment, "dialect": dialect}

        labels = self.config["topics"]["labels"]
        gold = torch.tensor([[float(label in row["topics"]) for label in labels] for row in about])
        usable = torch.stack([self.can[row["set"]] for row in about])
        topic = F.binary_cross_entropy_with_logits(logits("topic", second).float(), gold, reduction="none")
        topic = (topic * usable).sum() / usable.sum()

        return loss + settings["topic_weight"] * topic, {"sentiment": sentiment, "topic": topic, "dialect": dialect}

    def what(self, rows, generator, share):
        """Each head of what a comment says over the rows that tell it; the wide part is laid on afterwards. Of many labels few
        hold: the sum over labels, as one choice among them would count."""
        lists = [self.blanked(row["ids"], generator) for row in rows]
        ids, mask = model.Batcher.pad(lists)
        middle, last = self.net.encode(ids, mask)
        total, named = 0.0, {}
        for head in (*common.SAID, "sentiment"):
            mine = [i for i, row in enumerate(rows) if row[common.SAID.get(head, head)] is not None]
            if not mine:
                continue
            gold, told = heads.targets(head, [rows[i] for i in mine], self.config)
            logits = self.net.deep(head, middle[mine], last[mine]).float()
            if head == "sentiment":
                logits = logits + self.net.wide(ids[mine], mask[mine])[:, self.net.columns[head]]
            if head in common.SEVERAL:
                each = (F.binary_cross_entropy_with_logits(logits, gold, reduction="none") * told).sum(1)
            else:
                each = F.cross_entropy(logits, gold * 0.95 + 0.05 / gold.shape[1], reduction="none")
            loss = each.mean()
            total = total + share * self.config["said"]["loss"][head] * loss
            named["implied" if head == "sentiment" else head] = loss
        return total, named
