"""The model folder as a user meets it: its session, its tokenizer, what config.json says, every answer kept."""

import json

import export
import figures
import model
import numpy as np


class Served:
    def __init__(self, folder):
        self.folder = folder
        self.said = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.session = export.session(folder / "model.onnx")
        self.batcher = model.Batcher(folder, self.said["max_tokens"])
        self.kept = {}

    def run(self, texts):
        """Output name -> array, a row for each text; a text is computed once however often it is asked for."""
        missing = [text for text in dict.fromkeys(texts) if text not in self.kept]
        if missing:
            found = export.run(self.session, self.batcher.ids(missing), batch=16)
            for i, text in enumerate(missing):
                self.kept[text] = {name: values[i] for name, values in found.items()}
        rows = [self.kept[text] for text in texts]
        return {name: np.stack([row[name] for row in rows]) for name in rows[0]}

    def vectors(self, texts):
        return self.run(texts)["embedding"]

    def probabilities(self, head, texts):
        """f64[n, labels] of a softmax head, at its temperature."""
        return figures.softmax(self.run(texts)[f"{head}_logits"], self.said["heads"][head]["temperature"])
