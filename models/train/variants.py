"""The normalizer's inverse: the ways in which a customer could have written the same Arabic sentence.

In: a sentence, as written or normalized, and a `random.Random`. Out: another writing of it, or None where nothing of
it can change. Digits, Latin letters and masks stay. The same sentence and state of `rng` give the same answer.
"""

import dialects
import misspell
import romanize
import speakers

DIALECTS = tuple(speakers.REGIONS)
# The chance to leave a word as it is, so that mixtures of standard and dialect occur, and the share worth a second try.
KEEP, SHARE = 0.15, 0.15


class Variants:
    def __init__(self):
        self.dialects = dialects.Dialects()
        self.romanizer = romanize.Romanizer()

    def dialect(self, text, rng, to=None):
        """`text` in the dialect `to` (drawn when None) and its name; None where no word changes."""
        to = to or rng.choice(DIALECTS)
        for keep in (KEEP, 0):
            put, share = self.dialects.rewrite(text, rng, to, keep)
            if share >= SHARE:
                break
        return (put, to) if share and put != text else None

    def spelling(self, text, rng):
        """One to three of the usual misspellings."""
        return misspell.spelling(text, rng)

    def elongate(self, text, rng):
        """A word or two drawn out."""
        return misspell.elongate(text, rng)

    def tashkeel(self, text, rng):
        """Vowel marks, in full or here and there."""
        return misspell.tashkeel(text, rng)

    def arabizi(self, text, rng, to=None):
        """In Latin letters, by the habits of `to` (a dialect, drawn when None)."""
        return self.romanizer.arabizi(text, rng, to or rng.choice(DIALECTS))
