"""Where ONNX Runtime's library lies, found without importing the package."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path


def library() -> Path | None:
    """The library of the installed ``onnxruntime`` wheel; ``None`` leaves the search to ``ORT_DYLIB_PATH``."""
    if os.environ.get("ORT_DYLIB_PATH"):
        return None
    spec = importlib.util.find_spec("onnxruntime")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for pattern in ("libonnxruntime.so*", "libonnxruntime*.dylib", "onnxruntime.dll"):
            for path in sorted(Path(folder, "capi").glob(pattern)):
                return path
    return None
