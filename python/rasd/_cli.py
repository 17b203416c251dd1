"""The ``rasd`` command: the Rust command line, told where ONNX Runtime lies."""

from __future__ import annotations

import sys

from rasd import _rasd
from rasd._runtime import library


def main() -> int:
    """Run the command line with this process's arguments; return its exit code."""
    return _rasd.main(["rasd", *sys.argv[1:]], library())


if __name__ == "__main__":
    sys.exit(main())
