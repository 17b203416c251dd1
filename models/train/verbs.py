"""Verbs of standard Arabic -> the forms a dialect gives them: present, future, negation, past after لم.

Letters are folded (أ إ آ -> ا, ى -> ي, ة -> ه). A verb is told from a noun by how often its form in ي is written,
so a rare verb, or one that looks like a noun, is left as it is.
"""

# Written like an imperfect and mostly something else.
NOUNS = frozenset(
    [
        "يوم",
        "يد",
        "يدي",
        "يدك",
        "يده",
        "يدها",
        "يا",
        "ياه",
        "يمين",
        "يسار",
        "يناير",
        "يونيو",
        "يوليو",
        "يورو",
        "يعني",
        "يابان",
        "يمن",
        "يقين",
        "يتيم",
        "يهود",
        "يوميا",
        "يوما",
        "يدا",
        "تم",
        "تمت",
        "تلك",
        "تحت",
        "تمام",
        "تجاه",
        "تلقاء",
        "تابع",
        "تكون",
        "تعاون",
        "توم",
        "تام",
        "تاج",
        "تين",
        "تل",
        "تعب",
        "توقف",
        "تحول",
        "تعبر",
        "تفضل",
        "تعلم",
        "تقدم",
        "تاخر",
        "تغير",
        "ترك",
        "تاريخ",
        "تصرف",
        "تعامل",
        "نحن",
        "نعم",
        "نفس",
        "نوع",
        "نقل",
        "نقد",
        "نص",
        "نسبه",
        "نهايه",
        "نجاح",
        "نظر",
        "نظام",
        "نحو",
        "نور",
        "نار",
        "ناس",
        "نوم",
        "نهر",
        "نقص",
        "نصف",
        "نزل",
        "نفع",
        "نجم",
        "نسخ",
        "ابدا",
        "ابل",
        "ابي",
        "ابن",
        "اب",
        "اي",
        "ايه",
        "ايها",
        "ام",
        "امي",
        "اما",
        "امر",
        "امس",
        "اخي",
        "اخر",
        "اخت",
        "اخ",
        "اخري",
        "اسم",
        "اسمي",
        "اسمك",
        "انا",
        "انت",
        "ان",
        "انه",
        "انها",
        "اني",
        "اذا",
        "الا",
        "الي",
        "اين",
        "ايضا",
        "اول",
        "اقل",
        "اكثر",
        "اكبر",
        "اصغر",
        "افضل",
        "احسن",
        "احد",
        "اسبوع",
        "ارض",
        "ايام",
        "اسره",
        "اهم",
        "اثر",
        "ارجو",
        "اجل",
        "اصل",
        "اكل",
        "يزال",
        "تزال",
        "يلزم",
    ]
)
# The verb after these has no prefix of the present.
BARE = frozenset(
    [
        "ان",
        "بان",
        "لن",
        "لم",
        "كي",
        "لكي",
        "حتي",
        "قد",
        "سوف",
        "الا",
        "دعني",
        "دعنا",
        "دعونا",
        "ليت",
        "يمكن",
        "يمكنني",
        "يمكنك",
        "يجب",
        "اريد",
        "تريد",
        "استطيع",
        "تستطيع",
        "ب",
        "لا",
    ]
)
# After these a form in ا, ت or ن is a verb.
BEFORE = frozenset(
    [
        "انا",
        "انت",
        "هو",
        "هي",
        "نحن",
        "هم",
        "انتم",
        "لا",
        "لم",
        "لن",
        "سوف",
        "ان",
        "هل",
        "كيف",
        "متي",
        "لماذا",
        "ماذا",
        "اين",
        "الذي",
        "التي",
        "الذين",
        "عندما",
        "لكن",
        "لكنه",
        "لكنها",
        "انه",
        "انها",
        "اني",
        "انني",
        "انك",
        "لانه",
        "لانني",
        "لاني",
        "لان",
        "ما",
        "كم",
        "كنت",
        "كان",
        "كانت",
        "حتي",
        "لكي",
        "كي",
        "قد",
        "ربما",
        "دعني",
        "دعنا",
        "حيث",
        "بينما",
        "لو",
    ]
)
# -ون and -ين that belong to the stem.
STEMS_IN_N = frozenset(["تكون", "تعاون", "تهاون", "كون", "خون", "مكن"])


def prefixed(person, stem, dialect, place, mood, rng):
    """Stem and person -> the word; `mood`: bare, present or future. `place` is the region (MA, TN, Kuwaiti...)."""
    if dialect == "maghrebi":
        stem += "و" if person == "ن" else ""
        person = "ن" if person == "ا" else person
    elif person == "ا" and stem[0] == "ا" and (mood != "present" or dialect in ("gulf", "iraqi")):
        person = ""
    if mood == "future":
        return future(person, stem, dialect, place, rng)
    if mood == "present":
        if dialect == "egyptian" or (dialect == "levantine" and person != "ن"):
            return "ب" + stem if person == "ا" else "ب" + person + stem
        if dialect == "levantine":
            return rng.choice(("من", "بن")) + stem
        if place == "MA":
            return ("ك" if person == "ت" else rng.choice("ككت")) + person + stem
        if dialect == "iraqi" and rng.random() < 0.15:
            return "دا " + person + stem
    return person + stem


def future(person, stem, dialect, place, rng):
    """What will happen: هـ, راح, رح, غادي, باش."""
    word = person + stem
    if dialect == "egyptian":
        return rng.choice("ههح") + (stem if person == "ا" else word)
    if dialect == "levantine":
        return rng.choice(("رح ", "رح ", "راح ")) + word
    if dialect == "maghrebi":
        return {"MA": "غادي ", "DZ": "راح ", "TN": "باش "}.get(place, "ح") + word
    if dialect == "gulf" and place in ("Najdi", "Emirati", "Qatari") and person != "ا" and rng.random() < 0.4:
        return "ب" + word
    return "راح " + word


def with_sh(word):
    """The ش that closes a negation: كتبوا -> كتبوش."""
    return (word[:-1] if word.endswith("وا") else word) + "ش"


def negated(word, dialect, place, rng, share=0.75):
    """ما before the verb, with ش where the dialect has it; Egyptian says مش in all but `share`."""
    if " " in word or (dialect == "egyptian" and word[0] in "هح"):
        return {"egyptian": "مش ", "maghrebi": "ما "}.get(dialect, "ما ") + word
    if dialect == "egyptian":
        return rng.choice(("ما ", "ما", "م", "م")) + with_sh(word) if rng.random() < share else "مش " + word
    if dialect == "maghrebi":
        return rng.choice(("ما ", "ما ", "ما")) + with_sh(word)
    if dialect == "levantine" and rng.random() < 0.2:
        return "ما " + with_sh(word)
    return "ما " + word


def will_not(person, stem, dialect, place, rng):
    """لن and a verb."""
    if dialect == "maghrebi":
        if person in "ان":
            stem, person = stem + ("و" if person == "ن" else ""), "ن"
        before = {"MA": ("ما غاديش ", "ماغاديش "), "DZ": ("ما راحش ",), "TN": ("موش باش ",)}.get(place, ("مش ح",))
        return rng.choice(before) + person + stem
    if dialect == "egyptian":
        return "مش " + future(person, stem, dialect, place, rng)
    if dialect == "levantine":
        return rng.choice(("ما رح ", "مش رح ", "ما راح ")) + person + stem
    return rng.choice(("ما راح ", "ماراح ")) + person + stem


class Verbs:
    """`counts`: folded word -> bits of its count; `stems`: dialect -> standard stem -> the dialect's stem."""

    def __init__(self, counts, stems):
        self.counts, self.stems, self.parts = counts, stems, {}

    def read(self, word, before):
        """Person, stem and ending of an imperfect, or None; `before` is the word before it."""
        known = self.parts.get(word)
        if known is None:
            known = self.parts[word] = self.split(word) or ()
        return known if known and (before in BEFORE or not known[3]) else None

    def split(self, word):
        """As `read`; the fourth part tells whether the form is a verb only after a word of BEFORE."""
        if len(word) < 3 or word[0] not in "ايتن" or word in NOUNS:
            return None
        person, stem = word[0], word[1:]
        bits = self.counts.get("ي" + stem, 0)
        if stem.endswith(("ون", "ين")) and len(stem) > 4:
            bits = max(bits, self.counts.get("ي" + stem[:-2], 0))
        if person in "ان":
            ends = (end for end in ("ها", "هم", "ني", "ه", "ك") if stem.endswith(end) and len(stem) - len(end) > 2)
            bits = max(bits, *(self.counts.get("ي" + stem[: -len(end)], 0) for end in ends), 0)
        if bits < (2 if person == "ي" else 4):
            return None
        ending = ""
        endings = {"ي": ("ون",), "ت": ("ون", "ين")}.get(person, ())
        if endings and len(stem) > 3 and stem.endswith(endings) and stem not in STEMS_IN_N:
            stem, ending = stem[:-2], stem[-2:]
        doubtful = person in "ان" or (person == "ت" and (bits < 6 or self.counts.get(word, 0) > bits + 1))
        return person, stem, ending, doubtful

    def stem(self, stem, ending, dialect):
        """The dialect's stem with the ending it writes."""
        stem = self.stems[dialect].get(stem, stem)
        if dialect in ("gulf", "iraqi") or not ending:
            return stem + ending
        many = "و" if dialect == "maghrebi" else "وا"
        return stem + (many if ending == "ون" else "ي")

    def past(self, person, stem, ending):
        """The past of an imperfect after لم, or None where the letters do not tell it."""
        object_ = next((end for end in ("ها", "هم", "ه") if stem.endswith(end) and len(stem) - len(end) > 2), "")
        stem = stem[: len(stem) - len(object_)]
        if ending or stem[-1] in "اويء":
            return None
        tries = [stem] if stem[0] == "ت" or (len(stem) > 3 and stem[1] == "ا") else [stem, "ا" + stem]
        if len(stem) == 2:
            tries = [stem, "و" + stem, stem[0] + "ا" + stem[1]]
        # The form in ا is also "I do": the bare one is taken unless it is much rarer.
        count, past = max((self.counts.get(word, 0) + 2 * (word == stem), word) for word in tries)
        if count < 3 or (person != "ي" and len(stem) == 2 and past != "و" + stem):
            return None
        return past + {"ا": "ت", "ت": "ت", "ن": "نا", "ي": ""}[person] + object_


def first_past(stem):
    """ "I did" of a dialect's stem, or None where the letters do not tell it: حول -> حولت, ستخدم -> استخدمت."""
    if len(stem) == 2:
        return stem + "يت"
    if len(stem) == 3 and stem[1] in "وي" and stem not in ("غير", "حول", "سوي"):
        return None
    return ("ا" if stem[1] == "ت" and stem[0] in "سشنخ" else "") + stem + ("" if stem.endswith("ت") else "ت")
