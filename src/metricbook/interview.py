"""The interview before a client file: what is asked, what may be answered, and which framework that speaks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from metricbook.model.profile import options
from metricbook.problems import Problem, Refused, did_you_mean
from metricbook.source.client_text import dumped, readable
from metricbook.source.ids import member_faults
from metricbook.source.load import find, load
from metricbook.source.yaml_text import read


@dataclass(frozen=True)
class Question:
    """One question, and the option of the command line that answers it.

    The words, options and default of a question about the profile are those of the framework that declares it.
    """

    key: str
    words: str = ""
    default: str = ""
    options: Mapping[str, str] = field(default_factory=dict)  # what may be answered, with its meaning
    declared_by: str = ""

    @property
    def option(self) -> str:
        """The option of the command line."""
        return f"--{self.key.replace('_', '-')}"


@dataclass(frozen=True)
class Proposal:
    """A framework and why, for those whose answers are these."""

    answers: Mapping[str, str]
    framework: str
    reason: str


PROFILE = (
    Question("business_model", declared_by="growth"),
    Question("motion", declared_by="funnel"),
    Question("data", declared_by="funnel"),
)
QUESTIONS = (
    Question("client_name", "Whose workbook is it?", "New client"),
    *PROFILE,
    Question("framework", "Which framework?"),
    Question("currency", "Currency (ISO code)", "USD"),
    Question("fiscal_year_start", "In which month does the fiscal year begin (1 to 12)?", "1"),
    Question("channels", "Which marketing channels, with commas between them (nothing: the framework's own)?"),
)
"""What is asked, in this order."""
PROPOSALS = (
    Proposal(
        {"motion": "hybrid"},
        "gtm_measurement",
        "customers come in two ways, and it leads with the revenue that marketing had a part in",
    ),
    Proposal(
        {"data": "records"},
        "cmo_dashboard",
        "rows of a CRM answer more than typed totals can, and it makes one page for the board of all six sides",
    ),
    Proposal(
        {"motion": "product_led"},
        "funnel",
        "the product wins the customers, so what counts are the steps from a visit over the first use to the win",
    ),
    Proposal(
        {"business_model": "transactional"},
        "roi",
        "without recurring revenue what counts is what the money spent brings back, and when",
    ),
    Proposal(
        {},
        "b2b_essentials",
        "seven numbers typed by hand tell what a customer costs, whether pipeline builds and whether customers stay",
    ),
)
"""The first one whose answers are all given is proposed."""


def questions() -> tuple[Question, ...]:
    """The questions with the words, options and defaults that the frameworks declare."""
    return tuple(_declared(each) if each.declared_by else each for each in QUESTIONS)


def _declared(question: Question) -> Question:
    said = load(find(question.declared_by)).framework.profile[question.key]
    return Question(question.key, said.label, said.default, options(said), question.declared_by)


def propose(answers: Mapping[str, str]) -> Proposal:
    """The framework that the answers about business model, motion and data speak for.

    >>> propose({"business_model": "subscription", "motion": "sales_led", "data": "typed"}).framework
    'b2b_essentials'
    """
    return next(each for each in PROPOSALS if each.answers.items() <= answers.items())


def accepted(question: Question, answer: str) -> str:
    """The answer as it is written down; raises Refused where it cannot be one."""
    words = " ".join(answer.split())
    if refused := readable(words):
        raise refused
    if question.options and words not in question.options:
        hint = did_you_mean(words, question.options) or f"Choose {' or '.join(question.options)}."
        raise no_answer(f'"{words}" is no answer to "{question.words}"', hint)
    rule = RULES.get(question.key)
    return rule(words) if rule else words


def no_answer(sentence: str, hint: str = "") -> Refused:
    """What is raised where an answer cannot be one."""
    return Refused([Problem("no-answer", f"{sentence}.", hint)])


def _client(words: str) -> str:
    if not words:
        raise no_answer("A client has a name")
    return words


def _framework(words: str) -> str:
    find(words)
    return words


def _currency(words: str) -> str:
    from babel.numbers import list_currencies

    if words.upper() not in list_currencies():
        raise no_answer(f'"{words}" is no currency', "Write its ISO code, such as EUR.")
    return words.upper()


def _month(words: str) -> str:
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= 12):
        raise no_answer(f'"{words}" is no month', "Write its number: 1 is January, 4 is April.")
    return str(int(words))


def _channels(words: str) -> str:
    """Names that can be members; each is found wrong by the rules for members."""
    labels = channels_of(words)
    found = read(dumped({"dimensions": {"channel": {"members": dict(_numbered(labels))}}}), "")
    problems = [Problem(each.code, each.sentence, each.hint) for each in member_faults(found)]
    if problems:
        raise Refused(problems)
    return ", ".join(labels)


def _numbered(labels: list[str]) -> list[tuple[str, str]]:
    return [(f"member_{number}", label) for number, label in enumerate(labels, 1)]


RULES: Mapping[str, Callable[[str], str]] = {
    "client_name": _client,
    "framework": _framework,
    "currency": _currency,
    "fiscal_year_start": _month,
    "channels": _channels,
}
"""What an answer has to be, beside one of the options."""


def channels_of(answer: str) -> list[str]:
    """The channels of an answer.

    >>> channels_of("Partner, Inbound,, Paid  search")
    ['Partner', 'Inbound', 'Paid search']
    """
    return [" ".join(each.split()) for each in answer.split(",") if each.strip()]
