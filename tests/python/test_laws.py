"""Laws of the Python door for any text, lone surrogates included."""

import rasd
from hypothesis import given, settings
from hypothesis import strategies as st

# Pieces that rules look for, parted by bars.
PIECES = (
    "ا|أ|ه|ة|ى|\u0640|\u064e|\u0651|\u0670|\u200d|\u202e|\ufe0f|😡|👍🏽|👨|🇸|🇦|&amp;|<b>|#|@|_x000D_|http://|0501234567|٠٥٠"
    "|4111 1111 1111 1111|3/5| من |bas | |مش |not |n't|\ud83d|ﷺ|\x00|é|e\u0301|eee|Ø®|\u2028|[URL]"
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES.split("|")), max_size=20).map("".join))
NORMALIZERS = {name: rasd.Normalizer(name) for name in ("light", "feedback", "search")}


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_presets_are_idempotent_and_give_valid_text(text):
    for normalizer in NORMALIZERS.values():
        once = normalizer(text)
        once.encode("utf-8")
        assert normalizer(once) == once


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.none(), TEXTS), max_size=40))
def test_a_batch_equals_its_texts_one_by_one_on_any_threads(texts):
    for normalizer in NORMALIZERS.values():
        scalar = [None if text is None else normalizer(text) for text in texts]
        for threads in (None, 1, 3):
            assert normalizer.batch(texts, threads=threads) == scalar


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_alignment_and_changes_slice_the_source(text):
    source = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for normalizer in NORMALIZERS.values():
        explained = normalizer.explain(text)
        assert explained.text == normalizer(text)
        at = new = 0
        for (start, end), (source_start, source_end) in explained.alignment:
            assert source[at:source_start] == explained.text[new:start]
            at, new = source_end, end
        assert source[at:] == explained.text[new:]
        first = explained.changes[0] if explained.changes else None
        # The first change reads the source itself.
        if first is not None:
            assert source[slice(*first.span)] == first.before


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_judgements_point_into_the_text(text):
    length = len(text)
    spans = [*rasd.sentences(text), *((start, end) for start, end, _ in rasd.clauses(text))]
    for cue, denied in rasd.negations(text):
        spans += [cue, denied]
    found = rasd.extract_rating(text)
    if found:
        spans.append((found["start"], found["end"]))
        assert 0 <= found["value"] <= found["scale"]
    assert all(0 <= start < end <= length for start, end in spans)
    assert rasd.detect_language(text).isalpha()
    assert isinstance(rasd.is_no_comment(text), bool)
    assert isinstance(rasd.is_gibberish(text), bool)
