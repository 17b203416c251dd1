"""Whose text and weights the model comes from: LICENSES.md, from data.toml."""

import common

HEAD = """# Licences of what {name} was made from

The weights are offered under MIT OR Apache-2.0 together with the attributions below. A licence stated by whoever
published a set does not clear every writer's own rights in the text; no text of a set is part of this folder.
"""
BODY = """
## Starting weights

sentence-transformers/all-MiniLM-L6-v2 (body and English rows), Apache License 2.0. Changed: the vocabulary was
replaced, Arabic rows were added, all weights were trained further and rounded to 8 bits, heads were added.
"""
SHARE_ALIKE = """
## Share-alike sources

The sets under CC BY-SA ({names}) ask for attribution and for the same licence on adapted material. They are
attributed here: ArBanking77 by SinaLab (Birzeit University); Arabic WordNet and Wiktionary through omw-data. The
weights hold no copy of their rows. Whoever holds that trained weights are adapted material should use this
folder under CC BY-SA 4.0.
"""
LINKS = {
    "AFL-3.0": "https://opensource.org/license/afl-3-0-php",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "CC-BY-2.0-FR": "https://creativecommons.org/licenses/by/2.0/fr/",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-3.0": "https://creativecommons.org/licenses/by-sa/3.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CDLA-Sharing-1.0": "https://cdla.dev/sharing-1-0/",
    "ISC": "https://opensource.org/license/isc-license-txt",
    "MIT": "https://opensource.org/license/mit",
    "BSD-3-Clause": "https://opensource.org/license/bsd-3-clause",
}


def trained():
    """Sets whose rows reach a weight, by name."""
    return {name: entry for name, entry in common.manifest().items() if set(entry["use"]) - {"measure"}}


def table():
    """One line a set: use, licence, origin."""
    lines = ["| set | used for | licence | licence as found | origin |", "|---|---|---|---|---|"]
    for name, entry in trained().items():
        use = ", ".join(part for part in entry["use"] if part != "measure")
        spdx = " AND ".join(f"[{part}]({LINKS[part]})" for part in entry["licence"].split(" AND "))
        commit = f" @ {entry['commit']}" if entry["commit"] else ""
        lines.append(f"| {name} | {use} | {spdx} | {entry['licence_as_found']} | {entry['repo']}{commit} |")
    return "\n".join(lines) + "\n"


def text(config):
    """The whole file."""
    body = "" if config["tiny"] else BODY
    alike = ", ".join(name for name, entry in trained().items() if "-SA-" in entry["licence"])
    return HEAD.format(name=config["name"]) + body + "\n## Text\n\n" + table() + SHARE_ALIKE.format(names=alike)
