"""Rows of the training split -> tokenizer.json: English pieces kept from the teacher, Arabic pieces learned here.

One WordPiece vocabulary: specials and masks, the teacher's pieces that our English text uses, Arabic pieces,
emoji. English ids map back to the teacher's rows (`english.json`), so its body can start from what it knows.
"""

import collections
import json
import re

import common
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, processors, trainers

LEXICON_COUNT = 4  # a word of the dialect tables counts as if it were met so often
ARABIC = re.compile("[\u0600-\u06ff]")


def texts(config):
    """(Arabic, English) texts that may reach the vocabulary."""
    arabic, english = [], []
    for row in common.lexicon(config):
        arabic += [row["word"]] * LEXICON_COUNT
        english.append(row["gloss"])
    for row in common.prepared("train"):
        (arabic if ARABIC.search(row["text"]) else english).append(row["text"])
        if row["en"]:
            english.append(row["en"])
    return arabic, english


def wordpiece(vocabulary):
    """A tokenizer over a vocabulary; normalizing is done before, so it has no normalizer."""
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=60))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def english_pieces(teacher_vocabulary, english, settings):
    """Pieces of the teacher that our text uses often enough, most used first, and every single character."""
    teacher = wordpiece(teacher_vocabulary)
    counts = collections.Counter()
    for encoding in teacher.encode_batch_fast(english, add_special_tokens=False):
        counts.update(encoding.ids)
    names = {i: piece for piece, i in teacher_vocabulary.items()}
    counts = {names[i]: n for i, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))}
    single = {piece for piece in teacher_vocabulary if len(piece.removeprefix("##")) == 1 and piece.isascii()}
    ranked = [
        piece for piece, n in counts.items() if n >= settings["english_min_count"] and piece not in common.SPECIALS
    ]
    kept = sorted(single) + [piece for piece in ranked if piece not in single]
    return [piece for piece in kept if not ARABIC.search(piece)][: settings.get("english_pieces")]


def arabic_pieces(arabic, settings):
    """Arabic WordPiece learned on Arabic letters only (the rest of a text belongs to the teacher's pieces)."""
    words = collections.Counter(word for text in arabic for word in re.findall("[\u0600-\u06ff]+", text))
    tokenizer = wordpiece({"[UNK]": 0})
    trainer = trainers.WordPieceTrainer(
        vocab_size=settings["arabic_pieces"],
        min_frequency=settings["arabic_min_count"],
        special_tokens=[],
        show_progress=False,
        limit_alphabet=60,
    )
    # Square-root counts keep the business manuals from crowding out what people say.
    tokenizer.train_from_iterator(
        (" ".join([word] * max(1, round(n**0.6))) for word, n in sorted(words.items())), trainer
    )
    learned = tokenizer.get_vocab()
    letters = {piece.removeprefix("##") for piece in learned if len(piece.removeprefix("##")) == 1}
    pieces = sorted(learned, key=learned.get)
    return list(dict.fromkeys(pieces + sorted(letters) + sorted("##" + letter for letter in letters)))


def build(config, teacher_vocabulary):
    """The tokenizer and the teacher's row for each of its ids (-1 where there is none)."""
    settings = config["tokenizer"]
    arabic, english = texts(config)
    pieces = dict.fromkeys(common.SPECIALS + common.MASKS)
    pieces.update(dict.fromkeys(english_pieces(teacher_vocabulary, english, settings)))
    pieces.update(dict.fromkeys(piece for piece in arabic_pieces(arabic, settings) if ARABIC.search(piece)))
    counts = collections.Counter(
        char for text in arabic + english for char in common.EMOJI.findall(text) if char.strip("\ufe0f\u200d")
    )
    emoji = [char[0] for char, n in counts.most_common(settings["max_emoji"]) if n >= settings["emoji_min_count"]]
    pieces.update(dict.fromkeys(emoji))
    tokenizer = wordpiece({piece: i for i, piece in enumerate(pieces)})
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in common.SPECIALS + common.MASKS]
    )
    tokenizer.add_tokens([AddedToken(char, normalized=False) for char in dict.fromkeys(emoji)])
    ids = {piece: i for i, piece in enumerate(pieces)}
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[("[CLS]", ids["[CLS]"]), ("[SEP]", ids["[SEP]"])],
    )
    rows = [teacher_vocabulary.get(piece, -1) for piece in pieces]
    return tokenizer, rows


def main():
    args = common.arguments(__doc__, renew={"action": "store_true", "help": "learn the pieces anew"})
    config = common.configured(args)
    import teacher

    shipped = common.HERE.parent / config["name"] / "tokenizer.json"
    if shipped.exists() and not args.renew:
        # The library's piece trainer breaks ties by a hash that is seeded anew in every process: the shipped pieces
        # are kept, so that everything after this step repeats.
        tokenizer = Tokenizer.from_file(str(shipped))
        pieces = tokenizer.get_vocab()
        known = teacher.vocabulary()
        rows = [known.get(piece, -1) for piece in sorted(pieces, key=pieces.get)]
    else:
        tokenizer, rows = build(config, teacher.vocabulary())
    folder = common.model_work(config)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "teacher_rows.json").write_text(json.dumps(rows))
    for name, having in (("arabic", "ar"), ("english", "en")):
        sample = [row["text"] for row in common.prepared("test") if row["lang"] == having][:5000]
        encodings = tokenizer.encode_batch_fast(sample, add_special_tokens=False)
        n_tokens = sum(len(encoding.ids) for encoding in encodings)
        unknown = sum(encoding.ids.count(1) for encoding in encodings)
        print(
            f"{name}: {n_tokens / sum(len(text.split()) for text in sample):.2f} pieces a word, {unknown / n_tokens:.2%} unknown"
        )
    print(f"{tokenizer.get_vocab_size()} pieces, {sum(row >= 0 for row in rows)} from the teacher")


if __name__ == "__main__":
    main()
