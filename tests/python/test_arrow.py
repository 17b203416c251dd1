"""Columns in Arrow memory go in and come out without passing through Python strings."""

import pytest
import rasd

pa = pytest.importorskip("pyarrow")

TEXTS = ["سيّئة", None, "", "clean", "A  b\u200f", "جداااا", None, "٤٥ دقيقة"]
NEW = ["سيئة", None, "", "clean", "A b", "جداا", None, "45 دقيقة"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
@pytest.mark.parametrize("threads", [None, 1, 2])
def test_array_keeps_its_type(kind, threads):
    got = rasd.Normalizer().batch(pa.array(TEXTS, type=kind), threads=threads)
    assert isinstance(got, pa.Array)
    assert got.type == kind
    assert got.to_pylist() == NEW
    got.validate(full=True)


def test_chunks_stay():
    source = pa.chunked_array([TEXTS[:3], [], TEXTS[3:]], type=pa.string())
    got = rasd.normalize(source)
    assert isinstance(got, pa.ChunkedArray)
    assert [chunk.to_pylist() for chunk in got.chunks] == [NEW[:3], [], NEW[3:]]


def test_slices_start_where_they_start():
    source = pa.array(TEXTS * 3).slice(2, 9)
    assert rasd.normalize(source).to_pylist() == (NEW * 3)[2:11]
    assert rasd.normalize(pa.chunked_array([pa.array(TEXTS)]).slice(3, 4)).to_pylist() == NEW[3:7]


@pytest.mark.parametrize(
    "source",
    [
        pa.array([], type=pa.string()),
        pa.chunked_array([], type=pa.string()),
        pa.array([None, None], type=pa.string()),
        pa.nulls(3),
        pa.array(TEXTS).dictionary_encode(),
    ],
)
def test_odd_columns_keep_type_and_length(source):
    got = rasd.normalize(source)
    assert (type(got), got.type, len(got), got.null_count) == (
        type(source),
        source.type,
        len(source),
        source.null_count,
    )


def test_many_rows_equal_a_list():
    texts = TEXTS * 1000
    assert rasd.normalize(pa.array(texts)).to_pylist() == rasd.normalize(texts)


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (pa.array([1, 2]), "got a column of Int64, expected strings"),
        (pa.array([b"x"]), "got a column of Binary, expected strings"),
        (pa.table({"comment": ["a"]}), "choose one column"),
    ],
)
def test_other_columns_are_told_apart(column, says):
    with pytest.raises(TypeError, match=says):
        rasd.normalize(column)


def test_bytes_that_are_no_text_are_an_error():
    broken = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(b"\x00\x00\x00\x00\x02\x00\x00\x00"), pa.py_buffer(b"\xff\xfe")]
    )
    with pytest.raises(ValueError, match=r"(?i)utf-?8"):
        rasd.normalize(broken)


def test_polars_series():
    pl = pytest.importorskip("polars")
    source = pl.concat([pl.Series("comment", TEXTS), pl.Series("comment", TEXTS)], rechunk=False)
    got = rasd.normalize(source)
    assert (type(got), got.name, got.dtype) == (pl.Series, "comment", pl.String)
    assert got.to_list() == NEW * 2
    assert rasd.normalize(pl.Series("none", [], dtype=pl.String)).dtype == pl.String
    with pytest.raises(TypeError, match="expected strings"):
        rasd.normalize(pl.Series([1, 2]))


@pytest.mark.parametrize("dtype", ["str", "string[pyarrow]", "object"])
def test_pandas_series(dtype):
    pd = pytest.importorskip("pandas")
    source = pd.Series(TEXTS, dtype=dtype, index=range(10, 18), name="comment")
    got = rasd.normalize(source)
    assert (got.name, got.dtype, list(got.index)) == ("comment", source.dtype, list(range(10, 18)))
    assert [None if pd.isna(cell) else cell for cell in got] == NEW


def test_pandas_arrow_dtype():
    pd = pytest.importorskip("pandas")
    source = pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.large_string()))
    got = rasd.normalize(source)
    assert got.dtype == source.dtype
    assert [None if pd.isna(cell) else cell for cell in got] == NEW


class Foreign:
    """A column of a library that is not known here."""

    def __init__(self, array):
        self.array = array

    def __arrow_c_array__(self, requested_schema=None):
        return self.array.__arrow_c_array__(requested_schema)


def test_any_library_with_the_interface_is_taken():
    got = rasd.normalize(Foreign(pa.array(TEXTS)))
    assert len(got) == len(TEXTS)
    assert pa.array(got).to_pylist() == NEW


def test_texts_that_stay_are_handed_back():
    text = "clean"
    assert rasd.normalize([text])[0] is text

    class Derived(str):
        pass

    assert type(rasd.normalize([Derived("clean")])[0]) is str
    assert type(rasd.normalize(Derived("clean"))) is str
