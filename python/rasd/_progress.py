"""A progress line for long calls: tqdm where it is installed, else a plain line on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable, Optional

Callback = Optional[Callable[[tuple[int, int]], None]]


@contextmanager
def shown(enabled: bool) -> Iterator[Callback]:
    """Yield what a long call reports to; nothing is shown for a call of less than a tenth of a second."""
    if not enabled:
        yield None
        return
    try:
        from tqdm.auto import tqdm
    except ImportError:
        yield _line if sys.stderr.isatty() else None
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        return
    bar = None

    def update(progress: tuple[int, int]) -> None:
        nonlocal bar
        done, total = progress
        if bar is None:
            bar = tqdm(total=total, unit="text", leave=False)
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield update
    finally:
        if bar is not None:
            bar.close()


def _line(progress: tuple[int, int]) -> None:
    done, total = progress
    sys.stderr.write(f"\r{done}/{total} texts\x1b[K")
    sys.stderr.flush()
