"""The normalizer's inverse: the ways in which a customer could have written the same Arabic sentence.

In: a sentence, as written or normalized, and a `random.Random`. Out: another writing of it, or None where nothing of
it can change. Digits, Latin letters and masks stay. The same sentence and state of `rng` give the same answer.
"""

import dialects

DIALECTS = tuple(dialects.REGIONS)
# The chance to leave a word as it is, so that mixtures of standard and dialect occur, and the share worth a second try.
KEEP, SHARE = 0.15, 0.15


class Variants:
    def __init__(self):
        self.dialects = dialects.Dialects()

    def dialect(self, text, rng, to=None):
        """`text` in the dialect `to` (drawn when None) and its name; None where no word changes."""
        to = to or rng.choice(DIALECTS)
        for keep in (KEEP, 0):
            put, share = self.dialects.rewrite(text, rng, to, keep)
            if share >= SHARE:
                break
        return (put, to) if share and put != text else None
