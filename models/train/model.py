"""The network: the teacher's body over our vocabulary, its heads, and a wide part of per-piece and piece-pair weights.

In: ids i64[n, tokens], mask f32[n, tokens]. Out: embedding (unit length) and the logits of every head.
`export.py` writes the same sums by hand; `tests/test_export.py` holds the two together.
"""

import json
import random
import re

import common
import torch
import torch.nn.functional as F
from torch import nn

# Piece pairs share buckets; the modulus is a prime below `wide_buckets`.
ARABIC, LATIN = re.compile("[\u0620-\u06d3]"), re.compile("[a-z]")
PAIR_FACTORS = (1_000_003, 8_191)
DEEP_ONLY = {"emotion", "sarcasm", "cue", "actor"}  # heads without a wide part
# Where a mask has no row of its own yet, the teacher's row of this word stands in.
MASK_WORDS = {
    "[url]": "link",
    "[user]": "user",
    "[email]": "email",
    "[phone]": "phone",
    "[iban]": "account",
    "[card]": "card",
    "[id]": "id",
    "[num]": "number",
    "[person]": "person",
}


def bucket_modulus(buckets):
    """The largest prime not above `buckets`."""
    return next(n for n in range(buckets, 1, -1) if all(n % k for k in range(2, int(n**0.5) + 1)))


class Layer(nn.Module):
    """One encoder layer, normalized after each sum as BERT does."""

    def __init__(self, dim, heads, ffn):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(dim, dim) for _ in range(4))
        self.up, self.down = nn.Linear(dim, ffn), nn.Linear(ffn, dim)
        self.norm1, self.norm2 = nn.LayerNorm(dim, eps=1e-12), nn.LayerNorm(dim, eps=1e-12)

    def forward(self, x, place, bias):
        """x: the real tokens of a batch one below the other; place: where they stand in it."""
        (n, tokens), dim = bias.shape[::3], x.shape[1]
        # Written out: the fused kernel's bfloat16 gradient takes a third of a step on a CPU.
        parts = (self.query, self.key, self.value)
        together = F.linear(x, torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts]))
        padded = together.new_zeros(n * tokens, 3 * dim).index_copy(0, place, together)
        q, k, v = padded.view(n, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = (q @ k.transpose(-1, -2)).float() * (dim // self.heads) ** -0.5 + bias
        mixed = (scores.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(n * tokens, dim)
        x = self.norm1(x + self.out(mixed[place]))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Net(nn.Module):
    """Two tables of rows, known to the teacher and new, so that each has its own learning rate."""

    def __init__(self, settings, known, heads):
        super().__init__()
        dim, self.buckets = settings["dim"], bucket_modulus(settings["wide_buckets"])
        known = torch.as_tensor(known)
        self.register_buffer("is_new", ~known)
        self.register_buffer("row", torch.where(known, known.cumsum(0) - 1, (~known).cumsum(0) - 1))
        self.known_rows = nn.Embedding(max(1, int(known.sum())), dim, sparse=True)
        self.new_rows = nn.Embedding(max(1, int((~known).sum())), dim, sparse=True)
        self.positions = nn.Parameter(torch.randn(settings["max_tokens"], dim) * 0.02)
        self.norm = nn.LayerNorm(dim, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dim, settings["heads"], settings["ffn"]) for _ in range(settings["layers"]))
        self.middle = max(1, settings["layers"] * 2 // 3)
        hidden = max(16, dim // 3)
        self.heads = nn.ModuleDict(
            {
                name: nn.Sequential(nn.Linear(2 * dim, hidden), nn.GELU(), nn.Linear(hidden, len(labels)))
                for name, labels in heads.items()
            }
        )
        self.columns, outputs = {}, 0
        for name, labels in heads.items():
            if name not in DEEP_ONLY:
                self.columns[name] = slice(outputs, outputs + len(labels))
                outputs += len(labels)
        self.register_buffer("wide_piece", torch.zeros(len(known), outputs))
        self.register_buffer("wide_pair", torch.zeros(self.buckets, outputs))
        self.register_buffer("wide_bias", torch.zeros(outputs))
        # 1 where a piece holds Arabic letters, Latin ones; temperature of each head in English and in Arabic.
        self.register_buffer("scripts", torch.zeros(len(known), 2))
        self.register_buffer("temperatures", torch.ones(len(heads), 2))

    def table(self):
        """The whole embedding table, in the order of the ids."""
        new, known = self.new_rows.weight, self.known_rows.weight
        return torch.where(
            self.is_new[:, None], new[self.row.clamp(max=len(new) - 1)], known[self.row.clamp(max=len(known) - 1)]
        )

    def encode(self, ids, mask):
        """Mean of the middle layer and of the last layer over real tokens; padding is not computed."""
        place = mask.flatten().nonzero()[:, 0]
        found = ids.flatten()[place]
        new, row = self.is_new[found], self.row[found]
        x = torch.where(new[:, None], self.new_rows(row * new), self.known_rows(row * ~new))
        x = self.norm(x + self.positions[place % ids.shape[1]])
        bias = (1.0 - mask)[:, None, None, :] * -10000.0
        sentence, size = place // ids.shape[1], mask.sum(1)[:, None]
        mean = lambda x: x.new_zeros(len(ids), x.shape[1], dtype=torch.float).index_add(0, sentence, x.float()) / size
        middle = None
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, place, bias)
            if number == self.middle:
                middle = mean(x)
        return middle, mean(x)

    def wide(self, ids, mask):
        """Weights of pieces and neighbouring pairs, over the square root of the length."""
        pairs = (ids[:, :-1] * PAIR_FACTORS[0] + ids[:, 1:] * PAIR_FACTORS[1]) % self.buckets
        total = (self.wide_piece[ids] * mask[..., None]).sum(1) + (self.wide_pair[pairs] * mask[:, 1:, None]).sum(1)
        return total / mask.sum(1, keepdim=True).sqrt() + self.wide_bias

    def calibrate(self, name, scale, temperatures):
        """Makes the wide part of a head count `scale` times; sets its temperature in English and in Arabic."""
        if name in self.columns:
            for table in (self.wide_piece, self.wide_pair, self.wide_bias):
                table[..., self.columns[name]] *= scale
        self.temperatures[list(self.heads).index(name)] = torch.tensor(temperatures)

    def deep(self, name, middle, last):
        """Logits of one head without its wide part."""
        return self.heads[name](torch.cat([middle, last], 1))

    def temperature(self, ids, mask):
        """f32[n, heads]: between the temperatures of English and Arabic by the share of Arabic pieces."""
        arabic, latin = ((self.scripts[ids] * mask[..., None]).sum(1)).unbind(1)
        share = ((arabic + 0.5) / (arabic + latin + 1.0))[:, None]
        return self.temperatures[:, 0] + share * (self.temperatures[:, 1] - self.temperatures[:, 0])

    def forward(self, ids, mask):
        """Name -> value, as the graph names its outputs."""
        middle, last = self.encode(ids, mask)
        wide, temperature = self.wide(ids, mask), self.temperature(ids, mask)
        logits = {}
        for i, name in enumerate(self.heads):
            own = self.deep(name, middle, last)
            if name in self.columns:
                own = own + wide[:, self.columns[name]]
            logits[f"{name}_logits"] = own / temperature[:, i : i + 1]
        return {"embedding": F.normalize(last, dim=1), **logits}


def teacher_body(net, weights):
    """Copies the teacher's layers, positions (with its one token type) and norms."""

    def put(module, name):
        module.weight.data.copy_(torch.from_numpy(weights[name + ".weight"]))
        module.bias.data.copy_(torch.from_numpy(weights[name + ".bias"]))

    positions = (
        weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][:1]
    )
    net.positions.data.copy_(torch.from_numpy(positions[: len(net.positions)]))
    put(net.norm, "embeddings.LayerNorm")
    for i, layer in enumerate(net.layers):
        base = f"encoder.layer.{i}."
        for part, name in (
            ("query", "attention.self.query"),
            ("key", "attention.self.key"),
            ("value", "attention.self.value"),
            ("out", "attention.output.dense"),
            ("norm1", "attention.output.LayerNorm"),
            ("up", "intermediate.dense"),
            ("down", "output.dense"),
            ("norm2", "output.LayerNorm"),
        ):
            put(getattr(layer, part), base + name)


def load(config, name="align.pt", served=False):
    """The net of a checkpoint in the model's work folder; `served`: with the heads of the second training."""
    folder = common.model_work(config)
    known = [row >= 0 for row in json.loads((folder / "teacher_rows.json").read_text())]
    net = Net(config["model"], known, common.served_heads(config) if served else common.heads(config))
    if name:
        net.load_state_dict(torch.load(folder / name, weights_only=True))
    ids = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    for piece, i in ids.items():
        net.scripts[i] = torch.tensor([float(bool(letters.search(piece))) for letters in (ARABIC, LATIN)])
    return net.eval()


class Batcher:
    """Texts -> padded ids and mask."""

    def __init__(self, folder, max_tokens, without=None):
        """`without`: a share of the word pieces and a seed; words are then cut up in another way."""
        from tokenizers import Tokenizer

        said = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        if without:
            share, seed = without
            draw = random.Random(seed)
            vocabulary = said["model"]["vocab"]
            long = [piece for piece in vocabulary if len(piece.removeprefix("##")) > 2 and "[" not in piece]
            for piece in draw.sample(long, round(share * len(long))):
                del vocabulary[piece]
        self.tokenizer = Tokenizer.from_str(json.dumps(said))
        self.tokenizer.enable_truncation(max_tokens)

    def ids(self, texts):
        """Token ids of each text, [CLS] and [SEP] included."""
        return [encoding.ids for encoding in self.tokenizer.encode_batch_fast(texts)]

    @staticmethod
    def pad(lists):
        """i64[n, longest] and its f32 mask."""
        ids = torch.zeros(len(lists), max(map(len, lists)), dtype=torch.long)
        mask = torch.zeros(ids.shape)
        for i, values in enumerate(lists):
            ids[i, : len(values)] = torch.tensor(values)
            mask[i, : len(values)] = 1.0
        return ids, mask


@torch.no_grad()
def run(net, lists, batch=32):
    """Name -> value of id lists, in their order; batches hold like lengths."""
    order = sorted(range(len(lists)), key=lambda i: len(lists[i]))
    parts = [
        net(*Batcher.pad([lists[i] for i in order[start : start + batch]])) for start in range(0, len(order), batch)
    ]
    back = torch.argsort(torch.tensor(order))
    return {name: torch.cat([part[name] for part in parts])[back] for name in parts[0]}
