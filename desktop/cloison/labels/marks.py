"""Typed marks read back: `[S-SF]`, `s sf`, `(NC)`, `SECRET – SPÉCIAL FRANCE`, `COSMIC TOP SECRET`.

Letter case, accents, kinds of space, kinds of dash and the brackets do not matter. A mark is a level – its name, any of
its phrases, or the way the policy words it somewhere – and then categories, each by its name or any phrase, the prefix
and suffix of their tag included or left out. What is not understood, or could mean two things, is an error and never a
guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from cloison.labels.elements import Classification, MarkingCode, Phrase, Qualifier, QualifierKind, Tag
from cloison.labels.errors import MarkError, MarkFault
from cloison.labels.label import Label, new_label
from cloison.labels.phrasing import Place
from cloison.labels.policy import Placed, Policy
from cloison.labels.rendering import render
from cloison.labels.validity import check

MOST_CHARACTERS = 500

_BRACKETS = {"[": "]", "(": ")"}
_SEPARATORS = " -/,;"
_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\u00ad\ufe58\ufe63\uff0d]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def read_mark(policy: Policy, text: str, *, created: datetime) -> Label:
    """The label a typed mark names; raises `MarkError`, also where the policy does not allow that label."""
    level, categories = parse_mark(policy, text)
    label = new_label(policy, classification=level.name, categories=(one.ref for one in categories), created=created)
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
    bracket = _BRACKETS.get(stripped[:1])
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


def parse_mark(policy: Policy, text: str) -> tuple[Classification, tuple[Placed, ...]]:
    """The level and the categories a typed mark names, allowed together or not; raises `MarkError`."""
    folded = _bare(fold(text[: MOST_CHARACTERS + 1]))
    if not folded or len(text) > MOST_CHARACTERS:
        raise MarkError(text, MarkFault.EMPTY if not folded else MarkFault.UNKNOWN)
    words = _spellings(policy)
    found = _longest(folded, words.levels, words.longest)
    if not found:
        raise MarkError(text, MarkFault.NO_LEVEL, element=folded)
    names = words.levels[found]
    if len(names) > 1:
        raise MarkError(text, MarkFault.AMBIGUOUS, element=found, choices=names)
    return policy.classification(names[0]), _categories(text, folded[len(found) :], words)


def fold(text: str) -> str:
    """Text as marks are compared: no case, accents, invisible characters or doubled spaces; every dash a hyphen."""
    plain = _INVISIBLE.sub("", _DASHES.sub("-", text)).replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", plain.casefold())
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.sub(r"\s*([-/,;])\s*", r"\1", kept).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spellings:
    """Everything a mark may be made of, folded."""

    levels: dict[str, tuple[str, ...]]
    categories: dict[str, tuple[Placed, ...]]
    affixes: dict[str, tuple[Tag, ...]]
    suffixes: dict[str, tuple[Tag, ...]]
    longest: int


@lru_cache(maxsize=32)
def _spellings(policy: Policy) -> _Spellings:
    levels: dict[str, dict[str, None]] = {}
    for level in policy.classifications:
        own = [one for one in level.phrases if MarkingCode.REPLACE_POLICY not in one.effects]
        for text in (level.name, *_texts(own), *_renderings(policy, level)):
            levels.setdefault(_bare(fold(text)), {})[level.name] = None
    categories: dict[str, list[Placed]] = {}
    affixes: dict[str, list[Tag]] = {}
    suffixes: dict[str, list[Tag]] = {}
    for placed in policy.categories:
        for text in {fold(one) for one in (placed.category.name, *_texts(placed.category.phrases))}:
            categories.setdefault(text, []).append(placed)
    for tag in (tag for tag_set in policy.tag_sets for tag in tag_set.tags):
        for text in {fold(one.text).strip(_SEPARATORS) for one in _affixes(tag.qualifiers)}:
            affixes.setdefault(text, []).append(tag)
        for one in _affixes(tag.qualifiers):
            if one.kind is QualifierKind.SUFFIX:
                suffixes.setdefault(fold(one.text).strip(_SEPARATORS), []).append(tag)
    for known in (levels, categories, affixes):
        known.pop("", None)
    return _Spellings(
        levels={text: tuple(names) for text, names in levels.items()},
        categories={text: tuple(placed) for text, placed in categories.items()},
        affixes={text: tuple(tags) for text, tags in affixes.items()},
        suffixes={text: tuple(tags) for text, tags in suffixes.items()},
        longest=max(map(len, (*levels, *categories, *affixes))),
    )


def _renderings(policy: Policy, level: Classification) -> Iterator[str]:
    """How the level alone reads anywhere: with the policy's name, or with what replaces it."""
    label = Label(
        policy_id=policy.id,
        policy_name=policy.name,
        policy_version=None,
        policy_digest=None,
        classification=level.name,
        created=datetime.min.replace(tzinfo=UTC),
    )
    for language in ("", *sorted(policy.languages)):
        for place in Place:
            yield render(policy, label, place, language)


def _texts(phrases: Iterable[Phrase]) -> Iterator[str]:
    for one in phrases:
        yield one.text or ""


def _affixes(qualifiers: Iterable[Qualifier]) -> Iterator[Qualifier]:
    for one in qualifiers:
        if one.kind is not QualifierKind.SEPARATOR:
            yield one


def _categories(mark: str, rest: str, words: _Spellings) -> tuple[Placed, ...]:
    """The categories named in `rest`; a tag's prefix says which tag the values after it belong to, its suffix those
    before it."""
    meant: tuple[Tag, ...] = ()
    announced: dict[str, tuple[Tag, ...]] = {}
    named: list[tuple[str, tuple[Placed, ...]]] = []
    while rest := rest.strip(_SEPARATORS):
        category = _longest(rest, words.categories, words.longest)
        affix = _longest(rest, words.affixes, words.longest)
        if not category and not affix:
            raise MarkError(mark, MarkFault.UNKNOWN, element=rest)
        if len(category) == len(affix):
            raise MarkError(mark, MarkFault.AMBIGUOUS, element=affix, choices=_names(words, affix))
        if len(category) > len(affix):
            named.append((category, _narrowed(words.categories[category], meant)))
        elif affix in words.suffixes:
            announced[affix] = words.affixes[affix]
            named = [(text, _narrowed(choices, words.suffixes[affix])) for text, choices in named]
        else:
            meant = announced[affix] = words.affixes[affix]
        rest = rest[max(len(category), len(affix)) :]
    found = tuple(_one_of(mark, text, choices) for text, choices in named)
    for affix, tags in announced.items():
        if not any(one.tag in tags for one in found):  # "COMMUNICABLE À" alone would be lost without a word.
            raise MarkError(mark, MarkFault.INCOMPLETE, element=affix)
    return found


def _narrowed(choices: tuple[Placed, ...], tags: tuple[Tag, ...]) -> tuple[Placed, ...]:
    """Those of the tags meant, where there are any."""
    return tuple(one for one in choices if one.tag in tags) or choices


def _one_of(mark: str, text: str, choices: tuple[Placed, ...]) -> Placed:
    if len(choices) > 1:
        raise MarkError(mark, MarkFault.AMBIGUOUS, element=text, choices=[one.tag_set.name for one in choices])
    return choices[0]


def _names(words: _Spellings, text: str) -> tuple[str, ...]:
    """What `text`, at once a value and the prefix or suffix of a tag, may stand for."""
    return (*(one.category.name for one in words.categories[text]), *(one.name for one in words.affixes[text]))


def _longest(text: str, known: Collection[str], most: int) -> str:
    """The longest known spelling `text` begins with, ending at the end of a word; empty where there is none."""
    for length in range(min(most, len(text)), 0, -1):
        if text[:length] in known and (length == len(text) or text[length] in _SEPARATORS):
            return text[:length]
    return ""


def _bare(text: str) -> str:
    """Without the brackets around it, and separators inside them."""
    closing = _BRACKETS.get(text[:1])
    inner = text[1:-1] if closing is not None and len(text) > 1 and text.endswith(closing) else text
    return inner.strip(_SEPARATORS)


def _is_own_bracket(policy: Policy, mark: str) -> bool:
    """Whether the policy's own portion marks stand in such brackets, so that a mark was surely meant."""
    return any(one.text[:1] == mark[:1] for one in policy.qualifiers if one.kind is QualifierKind.PREFIX)
