"""What the exported folders answer in Python: tests/parity.json, which the library's own test compares with.

The text goes through the wheel's normalizer, Hugging Face's tokenizer and ONNX Runtime's own binding, one text a run.
"""

import json

import common
import export
import model
import numpy as np

TEXTS = [
    "الخدمة سيئة جدا",
    "My card has not arrived, I ordered it two weeks ago.",
    "التطبيق الـapp slow مرة!!",
    "وين الطلب؟ تأخر كتير 😡😡",
    "غُرفةٌ نظيفةٌ والموظّفون لطفاء، لكن السعر مرتفع",
    "كلموني على 0501234567 أو me@example.com",
    "ok",
    "the room was clean and the staff were friendly " * 12,
]


def main():
    args = common.arguments(__doc__)
    answers = []
    for over in ({}, {"fast": True}, {"tiny": True}):
        config = common.load_config(args.config, **over)
        folder = common.HERE.parent / config["name"]
        written = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        batcher = model.Batcher(folder, written["max_tokens"])
        normalized = common.normalizer(config).batch(TEXTS)
        found = export.run(export.session(folder / "model.onnx"), batcher.ids(normalized), batch=1)
        shares = {}
        for name in ("sentiment", "dialect"):
            scaled = found[f"{name}_logits"].astype(np.float64) / written["heads"][name]["temperature"]
            odds = np.exp(scaled - scaled.max(axis=1, keepdims=True))
            shares[name] = odds / odds.sum(axis=1, keepdims=True)
        rounded = lambda row: [round(float(value), 6) for value in row]
        for i, text in enumerate(TEXTS):
            answers.append(
                {
                    "model": config["name"],
                    "text": text,
                    **{name: rounded(rows[i]) for name, rows in shares.items()},
                    "logits": {name: rounded(found[f"{name}_logits"][i]) for name in common.SAID},
                    "embedding_start": rounded(found["embedding"][i][:16]),
                }
            )
    path = common.HERE.parents[1] / "tests/parity.json"
    path.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(answers)} answers")


if __name__ == "__main__":
    main()
