"""Numbers others published for large Arabic encoders (110-163 million weights). Other splits, often two labels:
they say what is possible, not who is ahead. `here` is where metrics.json has the like figure of ours."""

MARBERT = "Abdul-Mageed, Elmadany, Nagoudi 2021, ARBERT & MARBERT (ACL 2021), table of the authors' repository"
ARSARCASM = "Abu Farha, Zaghouani, Magdy 2021, overview of the WANLP 2021 shared task: best of 22 systems"
BANKING = "Jarrar, Birim, Khalilia, Erden, Ghanem 2023, ArBanking77 (ArabicNLP 2023): AraBERT trained on all 77 intents"
HOTELS = "Abdelgwad, Soliman, Taloba 2022, Journal of Big Data 9: BERT, sentiment of a named aspect"
CATEGORIES = "Ameur, Hamdi, Ben Yahia 2023, AraBERT on all categories of the set"

# (set, figure, {system: percent}, source, path into metrics.json or None)
NUMBERS = [
    ("AJGT", "accuracy", {"MARBERT": 96.1, "AraBERT": 92.2}, MARBERT, ("sentiment", "ajgt", "test", "net", "accuracy")),
    ("ArSAS", "F1-PN", {"MARBERT": 93.0, "AraBERT": 91.0}, MARBERT, ("outside", "arsas", "net", "f1_pn")),
    ("ASTD, three labels", "F1-PN", {"MARBERT": 78.0, "AraBERT": 72.0}, MARBERT, None),
    ("ASTD, two labels", "accuracy", {"MARBERT": 96.2, "AraBERT": 83.1}, MARBERT, None),
    ("LABR, two labels", "accuracy", {"MARBERT": 92.5, "AraBERT": 92.0}, MARBERT, ("outside", "labr_part", "net", "accuracy")),
    ("ArSarcasm-v2", "F1-PN", {"best system": 74.8}, ARSARCASM, ("sentiment", "arsarcasm_v2", "test", "net", "f1_pn")),
    ("SemEval-2016 hotels", "sentiment accuracy", {"BERT": 89.5}, HOTELS, ("sentiment", "semeval16_hotels_ar", "test", "net", "accuracy")),
    ("SemEval-2016 hotels", "aspect category F1", {"AraBERT": 67.3}, CATEGORIES, ("topics", "semeval16_hotels_ar", "test", "net", "micro_f1")),
    ("ArBanking77, MSA", "intent F1", {"AraBERT": 92.1}, BANKING, None),
    ("ArBanking77, Palestinian", "intent F1", {"AraBERT": 90.0}, BANKING, None),
]  # fmt: skip
