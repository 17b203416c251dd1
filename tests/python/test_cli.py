"""The command line end to end: formats, encodings, bad input, and a process killed midway."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]
TINY = ROOT / "models" / "tiny"
ROWS = [
    ("1", "التطبيق بطيء جدا", "2"),
    ("2", "The app keeps crashing, very annoying", "3"),
    ("3", "", "7"),
    ("4", "الموظف محترم, والخدمة ممتازة", "10"),
    ("5", "N/A", ""),
]


def rasd(*args: object, **options) -> subprocess.CompletedProcess:
    """Run the command line; where the test names no model, the tiny one, which loads at once."""
    if args and args[0] in ("analyze", "report") and "--model" not in args:
        args = (*args, "--model", TINY)
    command = [sys.executable, "-m", "rasd", *map(str, args)]
    return subprocess.run(command, capture_output=True, timeout=120, **options)


def text_of(rows, delimiter: str) -> str:
    lines = [["id", "comment", "nps"], *rows]
    quote = lambda cell: f'"{cell}"' if delimiter in cell else cell  # noqa: E731
    return "".join(delimiter.join(map(quote, line)) + "\r\n" for line in lines)


def write_input(path: Path, encoding: str) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for line in [("id", "comment", "nps"), *ROWS]:
            book.active.append([cell or None for cell in line])
        book.save(path)
    elif path.suffix == ".jsonl":
        lines = (json.dumps(dict(zip(("id", "comment", "nps"), row)), ensure_ascii=False) for row in ROWS)
        path.write_bytes("".join(line + "\n" for line in lines).encode(encoding))
    else:
        path.write_bytes(text_of(ROWS, "\t" if path.suffix == ".tsv" else ",").encode(encoding))
    return path


INPUTS = [
    (suffix, encoding)
    for suffix in (".csv", ".tsv")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256")
] + [(".jsonl", "utf-8"), (".jsonl", "utf-8-sig"), (".xlsx", "-")]


@pytest.mark.parametrize(("suffix", "encoding"), INPUTS)
def test_rows_in_are_rows_out(tmp_path: Path, suffix: str, encoding: str) -> None:
    source = write_input(tmp_path / f"in{suffix}", encoding)
    out = tmp_path / "out.jsonl"
    done = rasd("analyze", source, "-o", out, "--text", "comment", "--rating", "nps", "--id", "id")
    assert done.returncode == 0, done.stderr.decode()
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [row[0] for row in ROWS]
    assert [row["comment"] or "" for row in rows] == [row[1] for row in ROWS]
    assert [row["language"] for row in rows][:2] == ["ar", "en"]
    assert [row["sentiment"] is None for row in rows] == [False, False, True, False, True]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".xlsx"])
def test_every_output_format_holds_every_row(tmp_path: Path, suffix: str) -> None:
    source = write_input(tmp_path / "in.csv", "utf-8")
    out = tmp_path / f"out{suffix}"
    assert rasd("analyze", source, "-o", out).returncode == 0
    if suffix == ".xlsx":
        rows = list(openpyxl.load_workbook(out).active.iter_rows(values_only=True))[1:]
    elif suffix == ".jsonl":
        rows = out.read_text(encoding="utf-8").splitlines()
    else:
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t" if suffix == ".tsv" else ","))[1:]
    assert len(rows) == len(ROWS)


def test_a_folder_gets_every_table_and_the_report(tmp_path: Path) -> None:
    source = write_input(tmp_path / "in.csv", "utf-8")
    done = rasd("analyze", source, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert b"text: comment" in done.stderr  # a guess is told
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= {
        "comments.csv",
        "comments.json",
        "clauses.csv",
        "cues.csv",
        "causes.csv",
        "quality.json",
        "trend.parquet",
        "report.html",
    }


def test_customers_weights_and_an_event_are_columns_and_a_date(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    lines = [f"2026-0{1 + i // 30}-1{i % 9},slow app {i},{i % 11},c{i % 20},{1 + i % 2}" for i in range(60)]
    source.write_text("\n".join(["when,comment,nps,account,w", *lines]), encoding="utf-8")
    columns = ("--time", "when", "--customer", "account", "--weights", "w")
    done = rasd("analyze", source, "-o", tmp_path / "out", *columns, "--event", "2026-02-01")
    assert done.returncode == 0, done.stderr.decode()
    drivers = json.loads((tmp_path / "out" / "drivers.json").read_text(encoding="utf-8"))
    assert ("event", "2026-02-01") in {(row["kind"], row["name"]) for row in drivers}
    done = rasd("analyze", source, "-o", tmp_path / "out2", *columns, "--event", "1/2/2026")
    assert done.returncode == 1 and "event `1/2/2026`, expected a date with the year first" in done.stderr.decode()
    done = rasd("analyze", source, "-o", tmp_path / "out2", "--customer", "acount")
    assert done.returncode == 1 and "did you mean `account`?" in done.stderr.decode()


def test_formulas_in_comments_do_not_run(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text('comment\n"=HYPERLINK(""http://x"",""y"") slow app"\n+1 bad\n', encoding="utf-8")
    out = tmp_path / "out.csv"
    assert rasd("analyze", source, "-o", out).returncode == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)][1:]
    assert all(cell.startswith("'") for cell in cells)


def test_normalize_lines_and_columns(tmp_path: Path) -> None:
    done = rasd("normalize", input="الخِدمـــة\nsecond\n".encode())
    assert done.stdout.decode() == "الخدمة\nsecond\n"
    source = write_input(tmp_path / "in.csv", "utf-8")
    done = rasd("normalize", "--rule", "emoji=strip", "--rule", "lowercase", input="SLOW 😡\n".encode())
    assert done.stdout == b"slow\n"
    done = rasd("normalize", "--rule", "emojis=strip", input=b"x")
    assert done.returncode == 1 and "did you mean `emoji`?" in done.stderr.decode()
    done = rasd("normalize", source, "--text", "comment", "--preset", "search", "-o", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr.decode()
    assert "التطبيق بطيء جدا".replace("ئ", "ي") in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


BAD = {
    "empty.csv": (b"", "empty"),
    "header.csv": (b"id,comment\n", "no rows"),
    "wide.csv": (b"id,comment\n1,fine\n2,a,b,c\n", "row 3"),
    "scale.csv": (b"comment,nps\nfine,3\nbad,11\n", "rating `11` is outside 0..=10 (NPS)"),
    "fake.xlsx": (b"id,comment\n1,fine\n", "not an Excel workbook"),
    "broken.jsonl": (b'{"comment": "a"}\n{"comment": \n', "2"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_says_where_and_what(tmp_path: Path, name: str) -> None:
    content, message = BAD[name]
    (tmp_path / name).write_bytes(content)
    done = rasd("analyze", tmp_path / name, "-o", tmp_path / "out.csv")
    said = done.stderr.decode()
    assert done.returncode == 1, said
    assert name in said or "row" in said
    assert message in said
    assert not (tmp_path / "out.csv").exists()


def test_a_wrong_column_gets_the_near_one(tmp_path: Path) -> None:
    source = write_input(tmp_path / "in.csv", "utf-8")
    done = rasd("analyze", source, "-o", tmp_path / "out.csv", "--text", "coment")
    assert done.returncode == 1
    assert "did you mean `comment`?" in done.stderr.decode()


def test_odd_cells_are_read(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    cells = [
        json.dumps({"comment": "x " * 500_000}),
        r'{"comment": "lone \ud83d here"}',
        r'{"comment": "nul \u0000 x"}',
    ]
    source.write_text("\n".join(cells) + "\n", encoding="utf-8")
    done = rasd("analyze", source, "-o", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr.decode()
    csv.field_size_limit(10_000_000)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 3


@pytest.mark.parametrize("damage", ["missing", "altered", "config", "rules"])
def test_a_damaged_model_folder_is_named(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for path in TINY.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    if damage == "missing":
        (folder / "tokenizer.json").unlink()
    elif damage == "altered":
        content = bytearray((folder / "model.onnx").read_bytes())
        content[len(content) // 2] ^= 1
        (folder / "model.onnx").write_bytes(content)
    elif damage == "rules":
        config = (folder / "config.json").read_text(encoding="utf-8")
        (folder / "config.json").write_text(config.replace('"lowercase": "on"', '"lowercase": "off"'), encoding="utf-8")
    else:
        (folder / "config.json").write_text("{", encoding="utf-8")
    source = write_input(tmp_path / "in.csv", "utf-8")
    done = rasd("analyze", source, "-o", tmp_path / "out.csv", "--model", folder)
    said = done.stderr.decode()
    assert done.returncode == 1
    assert str(folder) in said
    named = {"missing": "tokenizer.json", "altered": "sha256", "config": "config.json", "rules": "normalizer.sha256"}
    assert named[damage] in said


def test_a_dash_writes_to_standard_output(tmp_path: Path) -> None:
    source = write_input(tmp_path / "in.csv", "utf-8")
    done = rasd("analyze", source, "-o", "-", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert len(list(csv.DictReader(done.stdout.decode().splitlines()))) == len(ROWS)
    assert list(tmp_path.iterdir()) == [source]


def test_evaluate_prints_scores(tmp_path: Path) -> None:
    source = tmp_path / "labelled.csv"
    source.write_text("comment,label\nI love it,positive\nالخدمة سيئة جدا,negative\nN/A,neutral\n", encoding="utf-8")
    done = rasd("evaluate", source, "--text", "comment", "--label", "label", "--json")
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(done.stdout)
    assert (result["n"], result["n_unjudged"], result["accuracy"]) == (2, 1, 1.0)
    done = rasd("evaluate", source, "--text", "comment", "--label", "comment")
    assert done.returncode == 1
    assert "row 1: label `I love it`, expected negative, neutral or positive" in done.stderr.decode()
    assert "did you mean `label`" in rasd("evaluate", source, "--text", "comment", "--label", "labels").stderr.decode()


def test_evaluate_reports_by_the_labelled_dialect(tmp_path: Path) -> None:
    source = tmp_path / "labelled.csv"
    source.write_text("comment,label,Dialect\nI love it,positive,\nالخدمة سيئة جدا,negative,Saudi\n", encoding="utf-8")
    done = rasd("evaluate", source, "--text", "comment", "--label", "label", "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["dialects"] == {"Saudi": {"n": 1, "accuracy": 1.0}}
    assert "dialect: Dialect" in done.stderr.decode()


def test_usage_errors_exit_2() -> None:
    assert rasd("analyse").returncode == 2
    assert rasd("normalize", "--no-such-option").returncode == 2
    assert rasd("--version").returncode == 0


def big(tmp_path: Path) -> Path:
    source = tmp_path / "in.csv"
    lines = (
        f"the card number {i} was declined at the shop and nobody could tell me why {i * 7}\n" for i in range(20_000)
    )
    source.write_text("comment\n" + "".join(lines), encoding="utf-8")
    return source


@pytest.mark.parametrize("wait", [0.3, 1.5])
def test_kill_9_leaves_no_partial_output(tmp_path: Path, wait: float) -> None:
    source, out = big(tmp_path), tmp_path / "out.csv"
    child = subprocess.Popen([sys.executable, "-m", "rasd", "analyze", source, "-o", out, "--quiet"])
    time.sleep(wait)
    child.kill()
    child.wait()
    assert not out.exists()


@pytest.mark.skipif(os.name == "nt", reason="SIGINT is sent by another call there")
def test_ctrl_c_exits_130_and_writes_nothing(tmp_path: Path) -> None:
    source, out = big(tmp_path), tmp_path / "out.csv"
    child = subprocess.Popen(
        [sys.executable, "-m", "rasd", "analyze", source, "-o", out, "--quiet"], stderr=subprocess.PIPE
    )
    child.stderr.readline()  # the guessed column is told once the handler stands
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    assert child.wait(timeout=10) == 130
    child.stderr.close()
    assert not out.exists()
