"""Columns of any library to lists of cells, and back to the same kind."""

from __future__ import annotations

from typing import Any, Callable

from rasd.exceptions import InvalidInputError


def cells(values: Any) -> list[Any]:
    """A list of ``str``, numbers and ``None`` from a list, pandas, polars, pyarrow or NumPy column."""
    if isinstance(values, (str, bytes)):
        raise InvalidInputError(f"got one {type(values).__name__}, expected a list or a column of comments")
    module = type(values).__module__.partition(".")[0]
    if module == "pandas":
        return values.astype(object).where(values.notna(), None).tolist()  # type: ignore[no-any-return]
    for method in ("to_pylist", "to_list", "tolist"):  # pyarrow, polars, NumPy
        if hasattr(values, method):
            return list(getattr(values, method)())
    return list(values)


def like(source: Any, values: list[Any]) -> Any:
    """``values`` as the kind of column that ``source`` is."""
    module = type(source).__module__.partition(".")[0]
    if module == "pandas":
        return type(source)(values, index=source.index, name=getattr(source, "name", None))
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
