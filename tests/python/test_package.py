"""The package as a data scientist meets it: imports, tables of every library, errors."""

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import rasd

TINY = Path(__file__).parents[2] / "models" / "tiny"

TEXTS = [
    "التطبيق بطيء جدا ولا يفتح",
    "The app is very slow and does not open",
    None,
    "N/A",
    "Great service, thank you!",
    "لم تصل بطاقتي بعد",
    "my card has not arrived",
]


@pytest.fixture(scope="module")
def analyzer() -> rasd.Analyzer:
    return rasd.Analyzer()


def test_import_is_quiet_and_leaves_heavy_libraries_alone() -> None:
    code = (
        "import sys, warnings; before = list(warnings.filters); import rasd; assert warnings.filters == before;"
        "print([m for m in ('numpy', 'pandas', 'polars', 'pyarrow', 'onnxruntime') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout == "[]\n"
    assert out.stderr == ""


@pytest.mark.parametrize(
    "make",
    [
        list,
        tuple,
        lambda v: pd.Series(v, name="c", index=range(10, 10 + len(v))),
        lambda v: pl.Series("c", v),
        pa.array,
        lambda v: pa.chunked_array([v[:1], v[1:]]),
    ],
)
def test_normalize_returns_the_kind_it_was_given(make) -> None:
    given = make(["شُكراً", None, "Bad"])
    got = rasd.normalize(given)
    assert type(got) is type(given)
    as_list = [
        None if value is pd.NA or value != value else value
        for value in (got.to_pylist() if hasattr(got, "to_pylist") else list(got))
    ]
    assert as_list == ["شكرا", None, "Bad"]
    if isinstance(given, pd.Series):
        assert list(got.index) == list(given.index)
        assert got.name == "c"


def test_a_wrong_item_is_named() -> None:
    with pytest.raises(TypeError, match="row 1: got int"):
        rasd.normalize(["a", 3])


def test_normalizer_pickles() -> None:
    n = rasd.Normalizer("search", emoji="keep")
    assert pickle.loads(pickle.dumps(n)).spec == n.spec


def test_predict_proba_rows_sum_to_one_and_nothing_to_judge_is_nan(analyzer: rasd.Analyzer) -> None:
    p = analyzer.predict_proba(TEXTS)
    assert p.shape == (7, 3)
    assert p.dtype == np.float32
    assert np.isnan(p[2]).all()
    assert np.isnan(p[3]).all()
    judged = ~np.isnan(p[:, 0])
    assert np.allclose(p[judged].sum(axis=1), 1, atol=1e-6)
    labels = analyzer.predict(TEXTS)
    assert labels[2] is None
    assert labels[4] == "positive"
    assert set(labels) - {None} <= set(analyzer.labels)


def test_embeddings_are_unit_and_put_translations_together(analyzer: rasd.Analyzer) -> None:
    v = analyzer.embed(TEXTS)
    assert v.dtype == np.float32
    assert not v[2].any()
    kept = [0, 1, 3, 4, 5, 6]
    assert np.allclose(np.linalg.norm(v[kept], axis=1), 1, atol=1e-5)
    assert v[5] @ v[6] > v[5] @ v[1]
    assert v[0] @ v[1] > v[0] @ v[6]


def test_results_do_not_depend_on_batch_or_threads(analyzer: rasd.Analyzer) -> None:
    texts = [t for t in TEXTS if t] * 7 + [
        "short",
        "a rather longer comment about nothing in particular, said twice " * 3,
    ]
    together = analyzer.embed(texts)
    alone = np.vstack([analyzer.embed([t]) for t in texts])
    assert (together == alone).all()
    assert (rasd.Analyzer(threads=1).embed(texts) == together).all()


FRAME = {
    "comment": [t for t in TEXTS for _ in range(4)],
    "nps": [2, 3, 8, 9] * 7,
    "when": ["2026-01-05", "2026-02-07", "2026-02-09", None] * 7,
    "branch": ["Riyadh", "جدة"] * 14,
}


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_analyze_takes_every_table_and_keeps_rows(analyzer: rasd.Analyzer, make) -> None:
    r = analyzer.analyze(make(FRAME), text="comment", rating="nps", time="when", by=["branch"])
    assert len(r.comments) == 28
    assert r.comments["row"] == list(range(28))
    assert r.comments["reason"][8] == "empty comment"
    assert r.comments["no_comment"][12] is True
    assert r.kpi["name"] == "NPS"
    # 7 promoters (9), 14 detractors (2 and 3) of 28.
    assert r.kpi["value"] == pytest.approx(-25.0)
    of_all = [i for i, cause in enumerate(r.trend["cause_id"]) if cause is None]
    assert [r.trend["period"][i] for i in of_all] == ["2026-01", "2026-02"]
    assert [r.trend["n_comments"][i] for i in of_all] == [7, 14]
    assert {"Riyadh", "جدة"} <= set(r.drivers["name"])


def test_tables_leave_by_every_door(analyzer: rasd.Analyzer) -> None:
    r = analyzer.analyze(TEXTS)
    frame = r.comments.to_pandas()
    assert list(frame.columns) == r.comments.columns
    assert pl.DataFrame(r.comments).height == 7
    assert r.comments.to_polars()["language"].to_list() == r.comments["language"]
    assert pa.table(r.causes).column_names == r.causes.columns
    with pytest.raises(KeyError, match="expected one of row, id"):
        r.comments["languages"]


def test_clause_offsets_count_code_points(analyzer: rasd.Analyzer) -> None:
    text = "😡 التطبيق سهل لكن الدعم سيء"
    clauses = analyzer.analyze([text]).clauses
    assert len(clauses) == 2
    for start, end, clause in zip(clauses["start"], clauses["end"], clauses["clause"]):
        assert text[start:end] == clause


def test_columns_are_checked(analyzer: rasd.Analyzer) -> None:
    frame = pd.DataFrame(FRAME)
    with pytest.raises(rasd.InvalidInputError, match="did you mean `comment`"):
        analyzer.analyze(frame, text="coment")
    with pytest.raises(rasd.InvalidInputError, match=r"row 3: rating `12` is outside 0..=10 \(NPS\)"):
        analyzer.analyze(["a b", "c d", "e f"], rating=[1, 2, 12], scale="nps")
    with pytest.raises(ValueError, match="2 values, expected 3"):
        analyzer.analyze(["a", "b", "c"], rating=[1, 2])
    with pytest.raises(rasd.InvalidInputError, match="expected a list"):
        analyzer.predict("one text")
    assert len(analyzer.analyze(frame).comments) == 28  # the text column is guessed


def test_report_is_written_whole(analyzer: rasd.Analyzer, tmp_path: Path) -> None:
    r = analyzer.analyze(["<script>alert(1)</script> the card was late"] * 3 + TEXTS)
    r.write_html(tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    r.write(tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"comments.csv", "comments.json", "causes.csv", "report.html"} <= names
    assert "<html" not in r._repr_html_()


def test_root_causes_fit_save_and_predict_the_same(analyzer: rasd.Analyzer, tmp_path: Path) -> None:
    texts = [t for t in TEXTS if t and t != "N/A"] * 3
    rc = rasd.RootCauses(n_causes=2, min_size=1, analyzer=analyzer).fit(texts)
    assert len(rc.labels_) == len(texts)
    assert len(rc.causes_) == 2
    rc.save(tmp_path / "causes.json")
    again = rasd.RootCauses.load(tmp_path / "causes.json", analyzer)
    assert (again.predict(texts) == rc.predict(texts)).all()
    assert (again.labels_ == rc.labels_).all()
    with pytest.raises(rasd.ModelError, match="which fitted them"):
        rasd.RootCauses.load(tmp_path / "causes.json", rasd.Analyzer(TINY))


def test_root_causes_of_vectors() -> None:
    rng = np.random.default_rng(0)
    centres = np.eye(3, 8)
    x = np.vstack([centre + 0.05 * rng.standard_normal((20, 8)) for centre in centres])
    rc = rasd.RootCauses(n_causes=3, min_size=2).fit(x)
    truth = np.repeat([0, 1, 2], 20)
    assert all(len(set(rc.labels_[truth == k])) == 1 for k in range(3))
    assert len(set(rc.labels_)) == 3
    with pytest.raises(rasd.InvalidInputError, match="not fitted"):
        rasd.RootCauses().predict(x)


def test_root_causes_merged_and_split(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    x = np.vstack([centre + 0.1 * rng.standard_normal((20 + k, 8)) for k, centre in enumerate(np.eye(3, 8))])
    rc = rasd.RootCauses(n_causes=3, min_size=2, max_outlier_share=0.0).fit(x)
    fitted = rc.labels_
    assert fitted.min() == 0
    merged = rc.merge(np.array([1, 2])).labels_  # in place, as refit
    assert (merged == np.where(fitted == 2, 1, fitted)).all()
    rc.save(tmp_path / "causes.json")
    loaded = rasd.RootCauses.load(tmp_path / "causes.json")
    assert (loaded.predict(x) == merged).all()
    assert set(rc.split(1).labels_) == {0, 1, 3}
    assert (rc.merge([1, 3]).labels_ == merged).all()
    for wrong, message in [(lambda: rc.merge([0, 9]), "cause 9"), (lambda: loaded.split(1), "saved file")]:
        with pytest.raises(rasd.InvalidInputError, match=message):
            wrong()


def test_ratings_by_hand() -> None:
    assert rasd.nps([10, 9, 8, 3]).value == 25.0
    assert rasd.csat([5, 4, 3, 1]).value == 0.5
    assert rasd.ces([7, 5, None]).n == 2
    with pytest.raises(rasd.InvalidInputError):
        rasd.nps([11])


def test_customers_and_weights_reach_the_figures() -> None:
    ratings, customers = [10, 10, 10, 10, 3, 8, None], ["a", "a", "a", "a", "b", None, "c"]
    alone, known = rasd.nps(ratings), rasd.nps(pd.Series(ratings), customers=pd.Series(customers))
    assert known.value == alone.value and known.n == alone.n == 6
    assert known.ci_high - known.ci_low > alone.ci_high - alone.ci_low
    assert rasd.csat([5, 1, None], weights=[3, 1, 1]).value == 0.75
    with pytest.raises(rasd.InvalidInputError, match="weight 1: got 0"):
        rasd.ces([5, 6], weights=[1, 0])
    with pytest.raises(rasd.InvalidInputError, match="customers: 1 values, expected 2"):
        rasd.ces([5, 6], customers=["a"])


def test_analyze_counts_a_customer_once(analyzer: rasd.Analyzer) -> None:
    frame = pd.DataFrame({**FRAME, "account": ["x", "y"] * 14, "w": [1, 2] * 14})
    options = {"text": "comment", "rating": "nps", "time": "when"}
    r = analyzer.analyze(frame, **options, customer="account", weights="w", event="2026-02-01")
    # Rows 9 stand at odd places, weight 2: 7 * 2 of 42; rows 2 at even and 3 at odd places: 7 + 14.
    assert r.kpi["value"] == pytest.approx(100 * (14 - 21) / 42)
    # Two customers: no effect can be told from five on either side.
    assert len(r.drivers) == 0
    with pytest.raises(rasd.InvalidInputError, match="event `soon`"):
        analyzer.analyze(frame, **options, event="soon")


def test_thresholds_gaps_and_sizes() -> None:
    with pytest.raises(rasd.InvalidInputError, match="one of `at_least` and `at_most`"):
        rasd.sla(rasd.share(1, 2))
    assert rasd.sla(rasd.share(1, 100), at_most=0.1) == "none"
    branches = (["Riyadh"] * 70 + ["جدة"] * 3, ["Riyadh"] * 80 + [None])
    ratings = ([5] * 56 + [2] * 14 + [4] * 3, [5] * 48 + [2] * 32 + [1])
    gaps = rasd.perception_gap(*ratings, internal_by=branches[0], customers_by=branches[1])
    # Newcombe 1998, Table II: 56 of 70 against 48 of 80.
    assert [(gap.segment, gap.verdict) for gap in gaps] == [("Riyadh", "overrated"), ("جدة", "not enough data")]
    assert round(gaps[0].gap.ci_high, 4) == 0.3339 and gaps[1].gap is None


def test_errors_are_both_ours_and_builtin(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        rasd.Analyzer(tmp_path / "none")
    assert isinstance(caught.value, rasd.ModelNotFoundError)
    assert isinstance(caught.value, rasd.RasdError)
    assert caught.value.hint
    assert rasd.Analyzer("fast").predict(["الخدمة سيئة جدا"], progress=False) == ["negative"]


def test_no_telemetry_file_is_written(tmp_path: Path) -> None:
    code = "import rasd; rasd.Analyzer().predict(['slow app'], progress=False)"
    env = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / ".cache"), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", code], check=True, env=env, cwd=tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_a_missing_runtime_says_what_to_install(tmp_path: Path) -> None:
    code = "import rasd; print(rasd.normalize('شُكراً')); rasd.Analyzer()"
    env = {
        "ORT_DYLIB_PATH": str(tmp_path / "libonnxruntime.so"),
        "PATH": "/usr/bin:/bin",
        "PYTHONIOENCODING": "utf-8",
    }
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert out.returncode == 1
    assert out.stdout == "شكرا\n"
    assert "ModelNotFoundError" in out.stderr
    assert "pip install onnxruntime" in out.stderr


def test_progress_is_told_and_an_error_in_it_stops_the_call(analyzer: rasd.Analyzer) -> None:
    texts = [f"the card number {i} was declined at the shop and nobody could tell me why" for i in range(600)]
    told: list[tuple[int, int]] = []
    analyzer._inner.predict_proba(texts, told.append)
    assert told, "a call of this length reports"
    assert all(done <= total for done, total in told)

    def stop(progress: tuple[int, int]) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        analyzer._inner.predict_proba(texts, stop)


def test_a_terminal_gets_a_progress_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from rasd import _progress

    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with _progress.shown(True) as report:
        assert report is not None
        report((3, 10))
    assert "3/10 texts" in capsys.readouterr().err
