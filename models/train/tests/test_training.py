"""Claims about the prepared data and the exported graph; run after `make train` has made them."""

import sys
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))

import common  # noqa: E402
import prepare  # noqa: E402

PREPARED = pytest.mark.skipif(not (common.WORK / "rows.jsonl").exists(), reason="work/rows.jsonl is not made yet")
EXPORTED = pytest.mark.skipif(not (common.WORK / "tiny/final.pt").exists(), reason="the tiny model is not trained yet")


@PREPARED
def test_no_cluster_lies_in_training_and_outside_it():
    rows = common.prepared()
    training = {row["cluster"] for row in rows if row["split"] == "train"}
    held = {row["cluster"] for row in rows if row["split"] in ("dev", "test", "eval")}
    assert training and held
    assert not training & held


@PREPARED
def test_no_measured_text_is_a_training_text():
    rows = common.prepared()
    training = {prepare.letters(row["text"]) for row in rows if row["split"] == "train"} - {""}
    measured = {
        prepare.letters(row["text"]) for row in rows if row["split"] in ("dev", "test", "eval") and not row["seen"]
    }
    assert not training & measured


@PREPARED
def test_unseen_intents_never_train():
    rows = common.prepared("train", having="intent")
    assert rows and not any(row["unseen"] for row in rows)


def test_training_rows_come_from_the_training_folder_under_an_allowed_licence():
    for name, entry in common.manifest().items():
        if set(entry["use"]) - {"measure"}:
            assert entry["file"].startswith("train/"), name
            assert set(entry["licence"].split(" AND ")) <= prepare.ALLOWED, name


def test_a_changed_url_user_or_number_makes_a_near_duplicate():
    settings = common.load_config(HERE / "config.toml")["prepare"]
    texts = [
        "RT @one the card machine at the branch ate my card again today http://a.example/1",
        "@two the card machine at the branch ate my card again today! 25",
        "the staff were kind and the room was clean",
    ]
    first, second, third = prepare.clusters([prepare.letters(text) for text in texts], [None] * 3, settings, seed=7)
    assert first == second != third


@EXPORTED
def test_the_graph_gives_what_the_net_gives_whatever_the_batch():
    import export
    import model

    config = common.load_config(HERE / "config.toml", tiny=True)
    batcher = model.Batcher(common.model_work(config), config["model"]["max_tokens"])
    net = model.load(config, "final.pt", served=True)
    lists = batcher.ids(["الخدمه سيئه جدا", "the app keeps crashing", "", "غرفه نظيفه and friendly staff 😍 " * 30])
    session = export.session(HERE.parent / "tiny/model.onnx")
    together, alone = export.run(session, lists, batch=4), export.run(session, lists, batch=1)
    trained = model.run(net, lists)
    assert set(together) == set(trained) >= {"embedding", "sentiment_logits", "dialect_logits"}
    for name in together:
        np.testing.assert_allclose(together[name], alone[name], atol=1e-6)
        np.testing.assert_allclose(together[name], trained[name].numpy(), atol=0.05)
    np.testing.assert_allclose(np.linalg.norm(together["embedding"], axis=1), 1.0, atol=1e-5)
