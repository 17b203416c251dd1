"""Parquet, held against pyarrow, pandas and polars."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasd

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pq = pytest.importorskip("pyarrow.parquet")

TINY = Path(__file__).parents[2] / "models/tiny"
TEXTS = ["الخدمة بطيئة", None, "great app", "البنك ممتاز", "the app crashes", "", "لم تصل بطاقتي", "nobody answers"]


def run(*args: object) -> None:
    """The command line, which must end well."""
    done = subprocess.run([sys.executable, "-m", "rasd", *map(str, args)], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="module")
def analyzer() -> rasd.Analyzer:
    return rasd.Analyzer(TINY)


def test_every_table_is_written_as_others_read_it(analyzer: rasd.Analyzer, tmp_path: Path) -> None:
    result = analyzer.analyze({"comment": TEXTS * 5, "nps": [0, 3, 9, 10, 2, 7, 1, None] * 5}, progress=False)
    result.write(tmp_path / "out")
    names = ["comments", "clauses", "cues", "causes", "themes", "links", "drivers", "trend", "quality"]
    for name in names:
        path, table = tmp_path / "out" / f"{name}.parquet", pa.table(getattr(result, name))
        found = pq.read_table(path)
        assert found.column_names == table.column_names
        for column in table.column_names:
            assert found[column].to_pylist() == table[column].to_pylist(), (name, column)
        assert pl.read_parquet(path).height == len(pd.read_parquet(path)) == table.num_rows


def survey() -> pd.DataFrame:
    n = len(TEXTS)
    return pd.DataFrame(
        {
            "comment": TEXTS,
            "rating": pd.array([1, 2, None, 5, 1, 3, 2, 1], dtype="Int8"),
            "weight": np.linspace(0.5, 4.0, n),
            "branch": pd.Categorical(["Riyadh", "جدة"] * (n // 2)),
            "day": [dt.date(2024, 1, 1 + i) for i in range(n)],
            "at": pd.date_range("2024-03-01 10:30", periods=n, freq="h"),
            "at_utc": pd.date_range("2024-03-01", periods=n, freq="D", tz="UTC"),
            "paid": [True, False] * (n // 2),
        }
    )


@pytest.mark.parametrize("compression", ["snappy", "zstd", "gzip", "lz4", None])
def test_files_of_others_are_read(tmp_path: Path, compression: str | None) -> None:
    path, out = tmp_path / "survey.parquet", tmp_path / "out.csv"
    survey().to_parquet(path, compression=compression, coerce_timestamps="us")
    run("normalize", path, "-o", out, "--text", "comment", "--preset", "light")
    found = pd.read_csv(out, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert found["comment"].tolist() == [text or "" for text in TEXTS]
    assert found["rating"].tolist() == ["1", "2", "", "5", "1", "3", "2", "1"]
    assert found["weight"].tolist() == ["0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4"]
    assert found["branch"].tolist() == ["Riyadh", "جدة"] * 4
    assert found["day"].tolist()[:2] == ["2024-01-01", "2024-01-02"]
    assert [cell[:16] for cell in found["at"]][:2] == ["2024-03-01 10:30", "2024-03-01 11:30"]
    assert found["at_utc"].tolist()[:2] == ["2024-03-01", "2024-03-02"]
    assert found["paid"].tolist()[:2] == ["true", "false"]


def test_nanoseconds_and_nested_columns_of_polars_are_read(tmp_path: Path) -> None:
    path, out = tmp_path / "survey.parquet", tmp_path / "out.jsonl"
    at = pl.Series("at", [dt.datetime(2024, 3, 1, 10, 30), None]).cast(pl.Datetime("ns"))
    nested = pl.DataFrame({"comment": ["slow", "بطيء"], "tags": [["a", "b"], []], "who": [{"age": 3}, {"age": 4}]})
    nested.with_columns(at).write_parquet(path)
    run("normalize", path, "-o", out, "--text", "comment", "--preset", "light")
    found = pl.read_ndjson(out)
    assert found["at"].to_list() == ["2024-03-01 10:30:00", None]
    assert found["tags"].to_list() == ["a; b", None]
    assert found["who"].to_list() == ['{"age":3}', '{"age":4}']


def test_analyze_goes_from_parquet_to_parquet(tmp_path: Path) -> None:
    path, out = tmp_path / "survey.parquet", tmp_path / "scored.parquet"
    survey().to_parquet(path)
    run("analyze", path, "-o", out, "--model", TINY, "--quiet")
    found = pd.read_parquet(out)
    assert len(found) == len(TEXTS) and found["sentiment"].isna().tolist() == [not text for text in TEXTS]
