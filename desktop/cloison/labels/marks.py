"""Typed marks read back: `[S-SF]`, `s sf`, `(NC)`, `SECRET – SPÉCIAL FRANCE`, `COSMIC TOP SECRET`.

Letter case, accents, kinds of space, kinds of dash and the brackets do not matter. A mark is a level – its name, any of
its phrases, or the way the policy words it somewhere – and then categories, each by its name or any phrase, the prefix
and suffix of their tag included or left out. A category that stands for the policy's name may come first, as in
`NATO/KFOR SECRET`. After a category that asks for it comes a day, a number, or words in quotation marks. What is not
understood, or could mean two things, is an error and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, product

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
_MOST_MEANINGS = 64
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
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
    readings = _readings(policy, text, folded, quoted)
    typed = next(readings)
    for other in readings:
        if _reads(policy, other, folded):
            raise MarkError(text, MarkFault.AMBIGUOUS, element=folded, choices=[_named_out(typed), _named_out(other)])
    return typed


@dataclass(slots=True, kw_only=True)
class _Named:
    """A category as it was typed, what it may mean by itself and after prefixes and suffixes, and what follows it."""

    text: str
    every: tuple[Placed, ...]
    choices: tuple[Placed, ...]
    value: str | None = None


def _readings(policy: Policy, mark: str, folded: str, quoted: Sequence[str]) -> Iterator[TypedMark]:
    """What a mark may mean: first the longest level it begins with, and what follows it; raises `MarkError` where that
    is nothing. Then any other level it begins with, and categories other than those prefixes and suffixes point at."""
    words = vocabulary(policy)
    beginnings = list(_beginnings(folded, words))
    if not beginnings:
        raise MarkError(mark, MarkFault.NO_LEVEL, element=folded)
    for number, (head, spelled, rest) in enumerate(beginnings):
        levels = words.levels[spelled]
        if number == 0 and len(levels) > 1:
            raise MarkError(mark, MarkFault.AMBIGUOUS, element=spelled, choices=levels)
        try:
            named = _named(mark, head, rest, words, quoted)
            for categories in _meanings(mark, named):
                inputs = _inputs(mark, list(zip(categories, (one.value for one in named), strict=True)))
                for level in levels:
                    yield TypedMark(level=policy.classification(level), categories=categories, inputs=inputs)
        except MarkError:
            if number == 0:
                raise


def _beginnings(folded: str, words: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """The level a mark begins with, longest first, and what follows.

    Where it begins with none, a category that stands for the policy may come first; one that reads like the policy's
    own name says nothing that can be seen, and is not looked for.
    """
    heads = () if any(_known(folded, words.levels)) else _known(folded, words.heads)
    starts = [("", folded), *((head, folded[len(head) :].lstrip(SEPARATORS)) for head in heads)]
    for head, rest in starts:
        for spelled in _known(rest, words.levels):
            yield head, spelled, rest[len(spelled) :]


def _meanings(mark: str, named: Sequence[_Named]) -> Iterator[tuple[Placed, ...]]:
    """The categories meant, then what else they could mean; only the first of very many."""
    found = tuple(_one_of(mark, one.text, one.choices) for one in named)
    yield found
    if any(len(one.every) > 1 for one in named):
        yield from (one for one in islice(product(*(one.every for one in named)), _MOST_MEANINGS) if one != found)


def _reads(policy: Policy, typed: TypedMark, folded: str) -> bool:
    """Whether the policy itself words that marking, somewhere, just as it was typed."""
    label = new_label(
        policy,
        classification=typed.level.name,
        categories=[one.ref for one in typed.categories],
        inputs=typed.inputs,
        created=_NEVER,
    )
    markings = (render(policy, label, place, one) for one in ("", *policy.languages) for place in Place)
    return any(bare(fold(marking)) == folded for marking in markings)


def _named_out(typed: TypedMark) -> str:
    """A mark by the names of its elements, whatever they read as."""
    return " ".join([typed.level.name, *(one.category.name for one in typed.categories)])


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


def _named(mark: str, head: str, rest: str, words: Vocabulary, quoted: Sequence[str]) -> list[_Named]:
    """The categories named in `head` and `rest`; a tag's prefix says which tag the values after it belong to, its
    suffix those before it."""
    named = [_Named(text=head, every=words.heads[head], choices=words.heads[head])] if head else []
    meant: tuple[Tag, ...] = ()
    announced: dict[str, tuple[Tag, ...]] = {}
    while rest := rest.strip(SEPARATORS):
        category = next(_known(rest, words.categories), "")
        affix = next(_known(rest, words.affixes), "")
        if not category and not affix:
            raise MarkError(mark, MarkFault.UNKNOWN, element=rest)
        if len(category) == len(affix):
            raise MarkError(mark, MarkFault.AMBIGUOUS, element=affix, choices=_names(words, affix))
        rest = rest[max(len(category), len(affix)) :]
        if len(category) > len(affix):
            every = words.categories[category]
            choices = _narrowed(every, meant)
            value, rest = _value(rest, choices, quoted)
            named.append(_Named(text=category, every=every, choices=choices, value=value))
        elif affix in words.suffixes:
            announced[affix] = words.affixes[affix]
            for one in named:
                one.choices = _narrowed(one.choices, words.suffixes[affix])
        else:
            meant = announced[affix] = words.affixes[affix]
    for affix, tags in announced.items():
        if not any(choice.tag in tags for one in named for choice in one.choices):
            # "COMMUNICABLE À" alone would be lost without a word.
            raise MarkError(mark, MarkFault.INCOMPLETE, element=affix)
    return named


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


def _known(text: str, known: Collection[str]) -> Iterator[str]:
    """The known spellings `text` begins with, each ending at the end of a word, longest first."""
    for length in range(len(text), 0, -1):
        if text[:length] in known and (length == len(text) or text[length] in SEPARATORS):
            yield text[:length]


def _is_own_bracket(policy: Policy, mark: str) -> bool:
    """Whether the policy's own portion marks stand in such brackets, so that a mark was surely meant."""
    return any(one.text[:1] == mark[:1] for one in policy.qualifiers if one.kind is QualifierKind.PREFIX)
