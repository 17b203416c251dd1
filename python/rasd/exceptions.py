"""What rasd raises: every error is a `RasdError` and the matching builtin."""

from __future__ import annotations


class RasdError(Exception):
    """Base of every error of rasd; ``hint`` says what to do next, when there is advice."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message if hint is None else f"{message}\nhint: {hint}")
        self.hint = hint


class InvalidInputError(RasdError, ValueError):
    """An argument, an option or a value in the data is wrong."""


class ModelError(RasdError, RuntimeError):
    """A model folder or the runtime is wrong."""


class ModelNotFoundError(RasdError, FileNotFoundError):
    """A model folder, one of its files or ONNX Runtime is missing."""


class TableError(RasdError, ValueError):
    """A survey file could not be read or written."""
