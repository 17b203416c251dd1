"""rasd reads what customers write in Arabic and English."""

from rasd._rasd import (
    Normalizer,
    clauses,
    detect_language,
    dialect_cue,
    is_gibberish,
    is_no_comment,
    sentences,
)

_FEEDBACK = Normalizer("feedback")


def normalize(text):
    """Normalize one str, or a list of str (None stays None), with the feedback preset."""
    if isinstance(text, str):
        return _FEEDBACK(text)
    return _FEEDBACK.batch_list(list(text))


__all__ = [
    "Normalizer",
    "clauses",
    "detect_language",
    "dialect_cue",
    "is_gibberish",
    "is_no_comment",
    "normalize",
    "sentences",
]
