"""Makes the example surveys from the public data sets they are drawn from.

    python examples/make_examples.py --data DATA [--out examples]

DATA holds `arbanking77.jsonl.zst`, `banking77_en.jsonl.zst` and `womens_clothing_en.jsonl.zst` (one JSON object a
line: id, text, intent, block, split, rating, department). The `zstd` program must be installed. Rows are real and
unchanged but for outer blanks; which rows, and their order, follows from the SHA-256 of their ids, so the same
data gives the same files.
"""

import argparse
import csv
import hashlib
import json
import pathlib
import subprocess

# Intents that read as questions and complaints of a bank's customers.
INTENTS = [
    "balance_not_updated_after_bank_transfer",
    "beneficiary_not_allowed",
    "cancel_transfer",
    "card_arrival",
    "card_payment_fee_charged",
    "card_payment_not_recognised",
    "card_swallowed",
    "change_pin",
    "contactless_not_working",
    "declined_cash_withdrawal",
    "direct_debit_payment_not_recognised",
    "failed_transfer",
    "lost_or_stolen_phone",
    "pending_cash_withdrawal",
    "pending_transfer",
    "pin_blocked",
    "request_refund",
    "top_up_failed",
    "transaction_charged_twice",
    "transfer_fee_charged",
    "transfer_not_received_by_recipient",
    "unable_to_verify_identity",
    "virtual_card_not_working",
    "wrong_amount_of_cash_received",
    "wrong_exchange_rate_for_cash_withdrawal",
]
PER_INTENT = 20  # of each source: 25 intents x 20 x 3 sources = 1,500 rows
N_CLOTHING = 1500
SOURCES = {"MSA_test": "ArBanking77 MSA", "PAL_test": "ArBanking77 Palestinian", None: "Banking77"}


def read(path):
    text = subprocess.run(["zstd", "-dc", str(path)], check=True, capture_output=True).stdout.decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def draw(rows):
    """The rows in hash order, without a text that another row already has.

    Two texts are the same when they differ in case, punctuation, blanks or word order alone.
    """
    seen = set()
    for row in sorted(rows, key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest()):
        letters = "".join(c if c.isalnum() else " " for c in row["text"].casefold())
        key = " ".join(sorted(letters.split()))
        if key and key not in seen:
            seen.add(key)
            yield row


def write(path, header, rows):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path}: {len(rows)} rows")


def bank(data, out):
    counts, rows = {}, []
    pool = read(data / "arbanking77.jsonl.zst") + read(data / "banking77_en.jsonl.zst")
    for row in draw(row for row in pool if row["split"] == "test" and row["intent"] in INTENTS):
        cell = (row["intent"], row.get("block"))
        counts[cell] = counts.get(cell, 0) + 1
        if counts[cell] <= PER_INTENT:
            rows.append(row)
    write(
        out / "bank.csv",
        ["id", "comment", "source"],
        [(row["id"], row["text"].strip(), SOURCES[row.get("block")]) for row in rows],
    )
    write(out / "bank_intents.csv", ["id", "intent"], [(row["id"], row["intent"]) for row in rows])


def clothing(data, out):
    rows = list(draw(row for row in read(data / "womens_clothing_en.jsonl.zst") if row.get("department")))
    write(
        out / "clothing.csv",
        ["id", "comment", "rating", "department"],
        [(row["id"], row["text"].strip(), row["rating"], row["department"]) for row in rows[:N_CLOTHING]],
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    args = parser.parse_args()
    bank(args.data, args.out)
    clothing(args.data, args.out)


if __name__ == "__main__":
    main()
