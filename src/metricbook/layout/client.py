"""What a client file says of the looks and words of the workbook, as settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from metricbook.layout.frame import RESERVED
from metricbook.layout.settings import Prepared, Settings
from metricbook.layout.wording import GAP, Wording, catalogue
from metricbook.problems import Problem, Refused, did_you_mean
from metricbook.source.client_chain import Chain

SAID = ("client", "currency", "at_risk", "tolerance", "show_in")
LONGEST_NAME = 31  # of a worksheet
NOT_IN_NAMES = set("[]:*?/\\'")


def settings_of(chain: Chain) -> Settings:
    """The settings of a client file and of those that it extends; what none of them says stays as usual.

    Raises Refused with every word that cannot be said so.
    """
    problems = list(_word_faults(chain))
    if problems:
        raise Refused(problems)
    said: dict[str, Any] = {key: value for key in SAID if (value := chain.says(key)) is not None}
    colour = chain.says("brand", "color") or ""
    prepared = {key: chain.says("prepared_by", key) or "" for key in ("name", "contact", "note")}
    words, formats = ({id: text for id, (text, _) in chain.merged(key).items()} for key in ("words", "formats"))
    return Settings(
        **said,
        accent=colour.removeprefix("#").upper(),
        logo=chain.logo(),
        prepared=Prepared(**prepared),
        words=words,
        formats=formats,
    )


def _word_faults(chain: Chain) -> Iterator[Problem]:
    """Words that are none of the workbook's, or lack what is filled in, or cannot be the name of a sheet."""
    known, words = catalogue(), chain.merged("words")
    names = Wording({id: word for id, (word, _) in words.items() if id in known}).sheet_names()
    for id, (word, link) in words.items():
        at = link.document.locate(("words", id))
        if id not in known:
            hint = did_you_mean(id, known) or "`metricbook words` lists them all."
            yield Problem("unknown-word", f"There is no fixed word {id}.", hint, link.document.key(("words", id)))
        elif not word.strip():
            yield Problem("empty-word", f"{id} is said with no word at all.", "Leave it out to keep it.", at)
        elif word.count(GAP) != known[id].count(GAP):
            sentence = f"{id} is filled in {known[id].count(GAP)} times, at each {GAP}; this has {word.count(GAP)}."
            yield Problem("word-gap", sentence, f'In English it is "{known[id]}".', at)
        elif known[id] in RESERVED:
            others = [name for other, name in names.items() if other != known[id]]
            others += [name for name in RESERVED if name not in names]
            wrong = NOT_IN_NAMES & set(word)
            if len(word) > LONGEST_NAME or wrong or word.casefold() in map(str.casefold, others):
                hint = f"At most {LONGEST_NAME} letters, none of [ ] : * ? / \\ ', and no two alike."
                yield Problem("sheet-name", f'"{word}" cannot be the name of a sheet.', hint, at)
