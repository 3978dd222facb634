"""Why a note is worth what it is: for each part of its mark a sentence that names the rule, and the paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cloison.labels.elements import CategoryType
from cloison.labels.rollup import Drop, Dropped, RollUp
from cloison.notes.compilation import CompilationRaise
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day
from cloison.wording.portions import named
from cloison.wording.reasons import reason_text

_MOST_NAMED: Final = 8
_KEPT: Final[dict[CategoryType, str]] = {
    CategoryType.RESTRICTIVE: N_("{what}: a restriction, and restrictions add up; borne by"),
    CategoryType.INFORMATIVE: N_("{what}: for information, and always kept; borne by"),
    CategoryType.PERMISSIVE: N_("{what}: in each list “{tag_set}” there is, borne by"),
}
_DROPPED: Final[dict[Drop, str]] = {
    Drop.NOT_SHARED: N_("{what} of {paragraphs}: not kept, as only what all share stays; not named by"),
    Drop.MISSING: N_("{what} of {paragraphs}: not kept, as nothing of “{tag_set}” is borne by"),
    Drop.ABSORBED: N_("{what} of {paragraphs}: nothing more is said beside {by}, borne by"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A sentence that the paragraphs ``numbers`` complete (0 is the title); it stands alone where there are none."""

    sentence: str
    numbers: tuple[int, ...]

    def in_full(self, words: Catalogue) -> str:
        """The sentence with its paragraphs, to be read out."""
        return f"{self.sentence} {named(self.numbers, words)}" if self.numbers else self.sentence


def because(
    rolled: RollUp, dropped: Sequence[Dropped], raised: CompilationRaise | None, words: Catalogue
) -> tuple[Because, ...]:
    """What gives the level, each category, what fell away, and the recorded raise; indexes are paragraph numbers.

    Values of which the same is to be said are named together.
    """
    return (
        _level(rolled, words),
        *_categories(rolled, words),
        *_all_dropped(dropped, words),
        *(() if raised is None else (_raised(raised, words),)),
    )


def decisions(rolled: RollUp, words: Catalogue) -> tuple[Because, ...]:
    """What a person must decide, and between which paragraphs."""
    return tuple(
        Because(
            sentence=words.text(
                "{reason} A person must decide, by marking otherwise:", reason=reason_text(one.reason, words)
            ),
            numbers=one.indexes,
        )
        for one in rolled.decision_required
    )


def _level(rolled: RollUp, words: Catalogue) -> Because:
    what, numbers = rolled.label.classification, rolled.because.classification
    if not numbers:
        return Because(sentence=words.text("{what}: by a decision on the whole note", what=what), numbers=())
    return Because(sentence=words.text("{what}: the highest level, borne by", what=what), numbers=numbers)


def _categories(rolled: RollUp, words: Catalogue) -> Iterator[Because]:
    alike: dict[tuple[CategoryType, str, tuple[int, ...]], list[str]] = {}
    for ref, numbers in rolled.because.categories:
        alike.setdefault((ref.type, ref.tag_set, numbers), []).append(ref.name)
    for (kind, tag_set, numbers), names in alike.items():
        message = _KEPT[kind] if numbers else N_("{what}: by a decision on the whole note")
        yield Because(sentence=words.text(message, what=_listed(names), tag_set=tag_set), numbers=numbers)


def _all_dropped(dropped: Sequence[Dropped], words: Catalogue) -> Iterator[Because]:
    alike: dict[object, list[Dropped]] = {}
    for one in dropped:
        alike.setdefault((one.why, one.category.tag_set_id, one.by, one.indexes, one.against), []).append(one)
    for members in alike.values():
        yield _dropped(members[0], [one.category.name for one in members], words)


def _dropped(dropped: Dropped, names: Sequence[str], words: Catalogue) -> Because:
    whole = words.text("the decision on the whole note")
    facts = {
        "what": _listed(names),
        "paragraphs": named(dropped.indexes, words) if dropped.indexes else whole,
        "tag_set": dropped.category.tag_set,
        "by": "" if dropped.by is None else dropped.by.name,
    }
    sentence = words.text(_DROPPED[dropped.why], **facts)
    return Because(sentence=sentence if dropped.against else f"{sentence} {whole}", numbers=dropped.against)


def _listed(names: Sequence[str]) -> str:
    """Names one after another, the first few of many."""
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")


def _raised(raised: CompilationRaise, words: Catalogue) -> Because:
    facts = {"level": raised.label.classification, "by": raised.by, "day": day(raised.at, words)}
    if not raised.reason:
        return Because(sentence=words.text("The whole is raised to {level} by {by}.", **facts), numbers=())
    return Because(
        sentence=words.text(
            "The whole was raised to {level} by {by} on {day}: {reason}", reason=raised.reason, **facts
        ),
        numbers=(),
    )
