"""Columns of any library to lists of cells, and back to the same kind."""

from __future__ import annotations

from typing import Any, Callable

from rasd.exceptions import InvalidInputError


def cells(values: Any) -> list[Any]:
    """A list of ``str``, numbers and ``None`` from a list, pandas, polars, pyarrow or NumPy column."""
    if isinstance(values, (str, bytes)):
        raise InvalidInputError(f"got one {type(values).__name__}, expected a list or a column of comments")
    module = _module(values)
    if module == "pandas":
        return values.astype(object).where(values.notna(), None).tolist()  # type: ignore[no-any-return]
    for method in ("to_pylist", "to_list", "tolist"):  # pyarrow, polars, NumPy
        if hasattr(values, method):
            return list(getattr(values, method)())
    return list(values)


def like(source: Any, values: list[Any]) -> Any:
    """``values`` as the kind of column that ``source`` is."""
    module = _module(source)
    if module == "pandas":
        dtype = object if source.dtype == object else None
        return type(source)(values, dtype=dtype, index=source.index, name=getattr(source, "name", None))
    if module == "polars":
        return type(source)(source.name, values)
    if module == "pyarrow":
        import pyarrow as pa

        if isinstance(source, pa.ChunkedArray):
            return pa.chunked_array([values], type=source.type)
        return pa.array(values, type=source.type)
    if module == "numpy":
        import numpy as np

        return np.array(values, dtype=object)
    return tuple(values) if isinstance(source, tuple) else values


def speaks_arrow(values: Any) -> bool:
    """Whether ``values`` holds its strings in Arrow memory and hands them over by the PyCapsule interface."""
    if _module(values) == "pandas":
        dtype = getattr(values, "dtype", None)
        return hasattr(dtype, "pyarrow_dtype") or getattr(dtype, "storage", None) == "pyarrow"
    return hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__")


def handed_over(values: Any) -> Any:
    """``values``, or what it holds, with the PyCapsule interface."""
    if _module(values) == "pandas" and not hasattr(values, "__arrow_c_stream__"):
        import pyarrow as pa

        return pa.chunked_array(values.array.__arrow_array__())  # pandas before 3
    return values


def like_arrow(source: Any, chunks: list[Any]) -> Any:
    """``chunks`` as the kind of column that ``source`` is."""
    module = _module(source)
    if module == "polars":
        import polars as pl

        parts = [pl.Series(chunk).alias(source.name) for chunk in chunks]
        return pl.concat(parts, rechunk=False) if parts else source.clear()
    if module not in ("pyarrow", "pandas"):
        return chunks[0] if len(chunks) == 1 else chunks
    import pyarrow as pa

    arrays = [pa.array(chunk) for chunk in chunks]
    if module == "pandas":
        import pandas as pd

        column: Any = pa.chunked_array(arrays, type=None if arrays else pa.string())
        return type(source)(pd.array(column, dtype=source.dtype), index=source.index, name=source.name)
    return pa.chunked_array(arrays, type=source.type) if isinstance(source, pa.ChunkedArray) else arrays[0]


def _module(values: Any) -> str:
    return type(values).__module__.partition(".")[0]


def is_table(data: Any) -> bool:
    """Whether ``data`` has named columns."""
    return hasattr(data, "column_names") or (hasattr(data, "columns") and hasattr(data, "shape"))


def names(table: Any) -> list[str]:
    """The column names of a table."""
    return [str(name) for name in getattr(table, "column_names", None) or table.columns]


def picker(data: Any) -> Callable[[str], list[Any]]:
    """A function from column name to cells; a wrong name is an error that lists the names there are."""
    import difflib

    known = names(data)

    def pick(name: str) -> list[Any]:
        if name in known:
            return cells(data[name])
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean `{near[0]}`?" if near else None
        raise InvalidInputError(f"column `{name}`: not in the table, expected one of {', '.join(known)}", hint)

    return pick
