"""rasd (رصد, "to observe"): what customers write in Arabic and English, why, and what it costs."""

from rasd._analyzer import Analysis, Analyzer
from rasd._normalize import Normalizer, normalize
from rasd._rasd import (
    Table,
    __version__,
    clauses,
    detect_language,
    dialect_cue,
    extract_rating,
    is_gibberish,
    is_no_comment,
    negations,
    segment_proclitics,
    sentences,
)
from rasd._ratings import ces, csat, nps, perception_gap, sample_size, share, sla
from rasd._root_causes import RootCauses
from rasd._taxonomy import Taxonomy
from rasd.exceptions import InvalidInputError, ModelError, ModelNotFoundError, RasdError, TableError

__all__ = [
    "Analysis",
    "Analyzer",
    "InvalidInputError",
    "ModelError",
    "ModelNotFoundError",
    "Normalizer",
    "RasdError",
    "RootCauses",
    "Table",
    "TableError",
    "Taxonomy",
    "__version__",
    "ces",
    "clauses",
    "csat",
    "detect_language",
    "dialect_cue",
    "extract_rating",
    "is_gibberish",
    "is_no_comment",
    "negations",
    "normalize",
    "nps",
    "perception_gap",
    "sample_size",
    "segment_proclitics",
    "sentences",
    "share",
    "sla",
]
