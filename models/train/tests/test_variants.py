"""Claims about the variants of a sentence; the sentences are written for the test.

What a speaker would write is given as the pieces that one of many draws has together.
"""

import random
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import speakers
import variants

VARIANTS = variants.Variants()
KINDS = ("dialect", "spelling", "elongate", "tashkeel", "arabizi")
MARKS = re.compile("[\u064b-\u0652]")
SPOKEN = {
    "egyptian": """
لماذا لم تصل بطاقتي حتى الآن؟ > ليه | وصلتش | لحد دلوقتي
لم تصل بطاقتي > موصلتش بطاقتي
كيف يمكنني تغيير الرقم السري؟ > ازاي | ممكن اغير
لا أستطيع فتح التطبيق > مش قادر افتح الابلكيشن
سوف أذهب إلى البنك غدا > هروح للبنك بكره
هذا البنك بعيد جدا > البنك ده بعيد قوي
هذه الخدمة جيدة > الخدمه دي كويسه
ماذا أفعل الآن؟ > اعمل ايه دلوقتي
لا يوجد موظف هنا > مفيش موظف هنا
أريد أن أعرف السبب > عايز اعرف السبب
قمت بتحويل المال أمس > حولت الفلوس امبارح
لن أتعامل معكم مرة أخرى > مش هتعامل معكم تاني
""",
    "gulf": """
لماذا لم تصل بطاقتي حتى الآن؟ > ليش ما وصلت بطاقتي للحين
كيف يمكنني تغيير الرقم السري؟ > كيف | اقدر اغير
لا أستطيع فتح التطبيق > ما اقدر افتح البرنامج
سوف أذهب إلى البنك غدا > راح اروح للبنك بكره
هذا البنك بعيد جدا > هالبنك بعيد مره
هذه الخدمة جيدة > هالخدمه زينه
ماذا أفعل الآن؟ > وش اسوي الحين
لا يوجد موظف هنا > مافي موظف هنا
أريد أن أعرف السبب > ابغي اعرف السبب
قمت بتحويل المال أمس > حولت الفلوس
لا أعرف أين الفرع > مدري وين الفرع
لن يتصل بي أحد > ما راح يتصل بي احد
""",
    "levantine": """
لماذا لم تصل بطاقتي حتى الآن؟ > ليش ما وصلت بطاقتي لهلق
كيف يمكنني تغيير الرقم السري؟ > كيف بقدر اغير
لا أستطيع فتح التطبيق > مش قادر افتح التطبيق
سوف أذهب إلى البنك غدا > رح اروح للبنك بكرا
هذا البنك بعيد جدا > هالبنك بعيد كتير
هذه الخدمة جيدة > هالخدمه منيحه
ماذا أفعل الآن؟ > شو اعمل هلا
لا يوجد موظف هنا > ما في موظف هون
أريد أن أعرف السبب > بدي اعرف السبب
هي تكتب الرسالة > بتكتب الرساله
لا أعرف أين الفرع > ما بعرف وين الفرع
ليس لدي وقت > ما عندي وقت
""",
    "iraqi": """
لماذا لم تصل بطاقتي حتى الآن؟ > ليش ما وصلت بطاقتي لحد هسه
كيف يمكنني تغيير الرقم السري؟ > شلون اكدر اغير
لا أستطيع فتح التطبيق > ما اكدر افتح البرنامج
سوف أذهب إلى البنك غدا > راح اروح للبنك باجر
هذا البنك بعيد جدا > هالبنك بعيد كلش
هذه الخدمة جيدة > هالخدمه زينه
ماذا أفعل الآن؟ > شسوي هسه
لا يوجد موظف هنا > ماكو موظف هنا
هل هناك مشكلة؟ > اكو مشكله
لا أعرف أين الفرع > ما اعرف وين الفرع
لدينا مشكلة كبيرة > عدنا مشكله جبيره
قال الموظف هذا > كال الموظف هذا
""",
    "maghrebi": """
لماذا لم تصل بطاقتي حتى الآن؟ > علاش | ما وصلتش | حتي لدابا
كيف يمكنني تغيير الرقم السري؟ > كيفاش نقدر نبدل الكود
لا أستطيع فتح التطبيق > ما نقدرش نحل لابليكاسيون
سوف أذهب إلى البنك غدا > غادي نمشي للبنك غدوه
هذا البنك بعيد جدا > هاد البنك بعيد بزاف
هذه الخدمة جيدة > الخدمه هذي باهيه
ماذا أفعل الآن؟ > شنو ندير دابا
لا يوجد موظف هنا > ما كاينش موظف هنا
أريد أن أعرف السبب > بغيت نعرف السبب
لن يتصل بي أحد > ما غاديش
لا أعرف أين الفرع > ما عرفتش فين
ليس لدي وقت > ما عنديش وقت
""",
}
CASES = [(name, *line.split(" > ")) for name, lines in SPOKEN.items() for line in lines.strip().split("\n")]


def draws(kind, text, n=30, **options):
    """What `n` states of the generator make of a text."""
    return [getattr(VARIANTS, kind)(text, random.Random(seed), **options) for seed in range(n)]


@pytest.mark.parametrize("name, text, pieces", CASES)
def test_a_speaker_could_have_written_it(name, text, pieces):
    made = {speakers.fold(put[0]) for put in draws("dialect", text, 1500, to=name) if put}
    assert any(all(piece in put for piece in pieces.split(" | ")) for put in made), sorted(made)[:40]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["", "the card did not arrive", "100 %", "[user] ok 12:30"])
def test_text_without_arabic_has_no_variant(kind, text):
    assert draws(kind, text) == [None] * 30


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_state_gives_the_same_variant(kind):
    assert draws(kind, "لماذا لم تصل بطاقتي إلى المنزل؟") == draws(kind, "لماذا لم تصل بطاقتي إلى المنزل؟")


@pytest.mark.parametrize("kind", KINDS)
def test_masks_digits_and_latin_letters_stay(kind):
    for put in draws(kind, "لم يصل الطلب [num] إلى [user] منذ 15 يوما، المبلغ 1,250 SAR"):
        put = put[0] if isinstance(put, tuple) else put
        assert put is None or all(kept in put for kept in ("[num]", "[user]", "15", "1,250 SAR")), put


def test_every_dialect_is_drawn_and_named():
    made = draws("dialect", "لماذا لا يوجد موظف هنا الآن؟", 100)
    assert {put[1] for put in made} == set(variants.DIALECTS)


def test_vowel_marks_and_tatweel_are_all_that_tashkeel_and_elongation_add():
    text = "الخدمة ممتازة والموظفون متعاونون جدا"
    assert {MARKS.sub("", put) for put in draws("tashkeel", text) if put} == {text}
    for put in draws("elongate", text):
        assert re.sub(r"(.)\1+", r"\1", put.replace("\u0640", "")) == re.sub(r"(.)\1+", r"\1", text)


def test_a_misspelling_stays_near_the_text():
    text = "أريد تغيير الرقم السري للبطاقة القديمة"
    made = [put for put in draws("spelling", text, 100) if put]
    assert len(made) > 95
    assert all(abs(len(put) - len(text)) <= 4 for put in made)


@pytest.mark.parametrize(
    "name, word, pieces", [("egyptian", "جميل", "g"), ("maghrebi", "شرق", "ch"), ("gulf", "حب", "7")]
)
def test_arabizi_has_the_habits_of_a_region(name, word, pieces):
    assert any(pieces in put for put in draws("arabizi", word, to=name))


def test_arabizi_is_latin():
    for put in draws("arabizi", "لماذا لم تصل بطاقتي؟ اتصلت بكم مرتين، ولم يرد أحد."):
        assert put.isascii()
