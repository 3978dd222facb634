"""Typed marks read back: `[S-SF]`, `s sf`, `(NC)`, `SECRET – SPÉCIAL FRANCE`, `COSMIC TOP SECRET`.

Letter case, accents, kinds of space, kinds of dash and the brackets do not matter. A mark is a level – its name, any of
its phrases, or the way the policy words it somewhere – and then categories, each by its name or any phrase, the prefix
and suffix of their tag included or left out. A category that stands for the policy's name may come first, as in
`NATO/KFOR SECRET`. After a category that asks for it comes a day, a number, or words in quotation marks. What is not
understood, or could mean two things, is an error and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from cloison.labels.elements import CategoryRef, Classification, Input, InputKind, QualifierKind, Tag
from cloison.labels.errors import MarkError, MarkFault
from cloison.labels.inputs import accepted
from cloison.labels.label import Label, new_label
from cloison.labels.phrasing import Place
from cloison.labels.policy import Placed, Policy
from cloison.labels.rendering import render
from cloison.labels.validity import check
from cloison.labels.vocabulary import BRACKETS, SEPARATORS, Vocabulary, bare, fold, vocabulary

MOST_CHARACTERS = 500

_QUOTATION = re.compile('["“«]\\s*([^"“”«»]+?)\\s*["”»]')
_FIRST_SIGN = 0xE000  # For private use (Unicode): folding leaves it alone.
_LONGEST_VALUE = 40  # characters of a day or a number as typed


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedMark:
    """What a typed mark names, allowed together or not."""

    level: Classification
    categories: tuple[Placed, ...]
    inputs: tuple[Input, ...]


def read_mark(policy: Policy, text: str, *, created: datetime) -> Label:
    """The label a typed mark names; raises `MarkError`, also where the policy does not allow that label."""
    typed = parse_mark(policy, text)
    label = new_label(
        policy,
        classification=typed.level.name,
        categories=(one.ref for one in typed.categories),
        inputs=typed.inputs,
        created=created,
    )
    reasons = check(policy, label, now=created, new=True)
    if reasons:
        raise MarkError(text, MarkFault.INVALID, element=reasons[0].element, reasons=reasons)
    return label


def split_leading_mark(policy: Policy, line: str, *, created: datetime) -> tuple[Label | None, str]:
    """The bracketed mark a line begins with, and the rest of the line; None and the whole line where there is none.

    A bracket that begins with a level and goes on with something unknown raises `MarkError`: it was meant as a mark,
    and taking it for text would lose it. Any other bracket (`[1]`, `(voir annexe)`) is text.
    """
    stripped = line.lstrip()
    bracket = BRACKETS.get(stripped[:1])
    closing = -1 if bracket is None else stripped.find(bracket, 1, MOST_CHARACTERS)
    if closing < 0:
        return None, line
    mark = stripped[: closing + 1]
    try:
        label = read_mark(policy, mark, created=created)
    except MarkError as error:
        if error.fault in (MarkFault.EMPTY, MarkFault.NO_LEVEL) or not _is_own_bracket(policy, mark):
            return None, line
        raise
    return label, stripped[closing + 1 :].lstrip()


def portion_mark(policy: Policy, label: Label) -> str:
    """The mark set in front of a portion, as `[S-SF]`; marks are not translated."""
    return render(policy, label, Place.PORTION, "")


def parse_mark(policy: Policy, text: str) -> TypedMark:
    """What a typed mark names; raises `MarkError`."""
    unquoted, quoted = _set_aside(text[: MOST_CHARACTERS + 1])
    folded = bare(fold(unquoted))
    if not folded or len(text) > MOST_CHARACTERS:
        raise MarkError(text, MarkFault.EMPTY if not folded else MarkFault.UNKNOWN)
    words = vocabulary(policy)
    found = _longest(folded, words.levels, words.longest)
    head = "" if found else _longest(folded, words.heads, words.longest)
    rest = folded[len(head) :].lstrip(SEPARATORS)
    found = found or _longest(rest, words.levels, words.longest)
    if not found:
        raise MarkError(text, MarkFault.NO_LEVEL, element=folded)
    names = words.levels[found]
    if len(names) > 1:
        raise MarkError(text, MarkFault.AMBIGUOUS, element=found, choices=names)
    named = [_Named(text=head, choices=words.heads[head])] if head else []
    categories, inputs = _categories(text, named, rest[len(found) :], words, quoted)
    return TypedMark(level=policy.classification(names[0]), categories=categories, inputs=inputs)


@dataclass(slots=True, kw_only=True)
class _Named:
    """A category as it was typed, what it may mean, and what follows it."""

    text: str
    choices: tuple[Placed, ...]
    value: str | None = None


def _set_aside(text: str) -> tuple[str, Sequence[str]]:
    """The text with one sign in place of each quotation, and the quotations, which are not folded."""
    found = _QUOTATION.findall(text)
    signs = map(chr, range(_FIRST_SIGN, _FIRST_SIGN + len(found)))
    return _QUOTATION.sub(lambda match: f" {next(signs)} ", text), found


def _value(rest: str, choices: Sequence[Placed], quoted: Sequence[str]) -> tuple[str | None, str]:
    """What `rest` begins with, where one of `choices` takes it, and what is left after it."""
    rest = rest.lstrip()
    number = ord(rest[0]) - _FIRST_SIGN if rest else -1
    if 0 <= number < len(quoted):
        return quoted[number], rest[1:]
    numeric = [one for one in choices if one.category.asks_for in (InputKind.DATE, InputKind.INTEGER)]
    for length in range(min(len(rest), _LONGEST_VALUE) if numeric else 0, 0, -1):
        ends = length == len(rest) or rest[length] in SEPARATORS
        if ends and any(accepted(one.category, rest[:length]) is not None for one in numeric):
            return rest[:length], rest[length:]
    return None, rest


def _categories(
    mark: str, named: list[_Named], rest: str, words: Vocabulary, quoted: Sequence[str]
) -> tuple[tuple[Placed, ...], tuple[Input, ...]]:
    """The categories named in `rest`; a tag's prefix says which tag the values after it belong to, its suffix those
    before it."""
    meant: tuple[Tag, ...] = ()
    announced: dict[str, tuple[Tag, ...]] = {}
    while rest := rest.strip(SEPARATORS):
        category = _longest(rest, words.categories, words.longest)
        affix = _longest(rest, words.affixes, words.longest)
        if not category and not affix:
            raise MarkError(mark, MarkFault.UNKNOWN, element=rest)
        if len(category) == len(affix):
            raise MarkError(mark, MarkFault.AMBIGUOUS, element=affix, choices=_names(words, affix))
        rest = rest[max(len(category), len(affix)) :]
        if len(category) > len(affix):
            choices = _narrowed(words.categories[category], meant)
            value, rest = _value(rest, choices, quoted)
            named.append(_Named(text=category, choices=choices, value=value))
        elif affix in words.suffixes:
            announced[affix] = words.affixes[affix]
            for one in named:
                one.choices = _narrowed(one.choices, words.suffixes[affix])
        else:
            meant = announced[affix] = words.affixes[affix]
    found = tuple(_one_of(mark, one.text, one.choices) for one in named)
    for affix, tags in announced.items():
        if not any(one.tag in tags for one in found):  # "COMMUNICABLE À" alone would be lost without a word.
            raise MarkError(mark, MarkFault.INCOMPLETE, element=affix)
    return found, _inputs(mark, [(placed, one.value) for placed, one in zip(found, named, strict=True)])


def _inputs(mark: str, given: Sequence[tuple[Placed, str | None]]) -> tuple[Input, ...]:
    said: dict[CategoryRef, str] = {}
    for placed, text in given:
        if text is None:
            continue
        value = accepted(placed.category, text) or text
        if said.setdefault(placed.ref, value) != value:
            raise MarkError(mark, MarkFault.AMBIGUOUS, element=placed.category.name, choices=[said[placed.ref], value])
    return tuple(Input(ref=ref, value=value) for ref, value in said.items())


def _narrowed(choices: tuple[Placed, ...], tags: tuple[Tag, ...]) -> tuple[Placed, ...]:
    """Those of the tags meant, where there are any."""
    return tuple(one for one in choices if one.tag in tags) or choices


def _one_of(mark: str, text: str, choices: tuple[Placed, ...]) -> Placed:
    if len(choices) > 1:
        raise MarkError(mark, MarkFault.AMBIGUOUS, element=text, choices=[one.tag_set.name for one in choices])
    return choices[0]


def _names(words: Vocabulary, text: str) -> tuple[str, ...]:
    """What `text`, at once a value and the prefix or suffix of a tag, may stand for."""
    return (*(one.category.name for one in words.categories[text]), *(one.name for one in words.affixes[text]))


def _longest(text: str, known: Collection[str], most: int) -> str:
    """The longest known spelling `text` begins with, ending at the end of a word; empty where there is none."""
    for length in range(min(most, len(text)), 0, -1):
        if text[:length] in known and (length == len(text) or text[length] in SEPARATORS):
            return text[:length]
    return ""


def _is_own_bracket(policy: Policy, mark: str) -> bool:
    """Whether the policy's own portion marks stand in such brackets, so that a mark was surely meant."""
    return any(one.text[:1] == mark[:1] for one in policy.qualifiers if one.kind is QualifierKind.PREFIX)
