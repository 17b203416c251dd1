"""Claims about the variants of a sentence; sentences written for the test."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import variants  # noqa: E402

VARIANTS = variants.Variants()


def every(text, dialect, n=40):
    """What `n` seeds make of a sentence."""
    made = (VARIANTS.dialect(text, random.Random(seed), dialect) for seed in range(n))
    return {put[0] for put in made if put}


@pytest.mark.parametrize("text", ["", "the card did not arrive", "100 %", "[user] ok 12:30"])
def test_text_without_arabic_has_no_dialect(text):
    assert all(VARIANTS.dialect(text, random.Random(seed)) is None for seed in range(10))


def test_the_same_state_gives_the_same_sentence():
    for seed in range(20):
        text = "لماذا لم تصل بطاقتي حتى الآن؟"
        assert VARIANTS.dialect(text, random.Random(seed)) == VARIANTS.dialect(text, random.Random(seed))
