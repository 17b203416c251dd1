"""Charts: pictures that parse, tell the table's numbers, and are saved whole."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import rasd

TINY = Path(__file__).parents[2] / "models/tiny"
KINDS = ["my card <b>&</b> has not arrived yet {}", "التطبيق بطيء ولا يعمل {}", "the queue at the branch is long {}"]


@pytest.fixture(scope="module")
def result() -> rasd.Analysis:
    rows = range(180)
    table = {
        "comment": [KINDS[i % 3].format(f"w{i // 3}") for i in rows],
        "nps": [i % 3 * 4 for i in rows],
        "date": [f"2026-0{1 + i % 6}-01" for i in rows],
    }
    pd = pytest.importorskip("pandas")
    analyzer = rasd.Analyzer(TINY)
    return analyzer.analyze(pd.DataFrame(table), rating="nps", time="date", progress=False)


@pytest.mark.parametrize("name", ["causes", "drivers", "trend"])
def test_a_chart_is_a_picture_with_the_names_of_causes(result: rasd.Analysis, name: str, tmp_path: Path) -> None:
    chart = getattr(result.plot, name)()
    told = [text.text for text in ElementTree.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}text")]
    shown = 5 if name == "trend" else 12
    names = [label for column in ("label_en", "label_ar") for label in result.causes[column][:shown] if label]
    assert names and set(names) <= set(told)
    assert chart._repr_html_() == chart.svg and name in repr(chart)
    chart.save(tmp_path / "chart.svg")
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8") == chart.svg
    with pytest.raises(rasd.TableError, match="expected a file named"):
        chart.save(tmp_path / "chart.png")


def test_a_survey_without_ratings_and_dates_says_so() -> None:
    result = rasd.Analyzer(TINY).analyze(["ok", "slow"], progress=False)
    assert "Nothing to show." in result.plot.drivers().svg and "Nothing to show." in result.plot.trend().svg
