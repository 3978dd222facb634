"""Why a note is worth what it is: for each part of its mark a sentence that names the rule, and the paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cloison.labels.elements import CategoryType
from cloison.labels.rollup import Drop, Dropped, RollUp
from cloison.notes.compilation import CompilationRaise
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day
from cloison.wording.portions import named
from cloison.wording.reasons import reason_text

_KEPT: Final[dict[CategoryType, str]] = {
    CategoryType.RESTRICTIVE: N_("{what}: it restricts the readers, and restrictions add up; borne by"),
    CategoryType.INFORMATIVE: N_("{what}: it informs, and what informs is kept; borne by"),
    CategoryType.PERMISSIVE: N_("{what}: named by every paragraph that bears “{tag_set}”"),
}
_DROPPED: Final[dict[Drop, str]] = {
    Drop.NOT_SHARED: N_("{what} of {paragraphs} falls away: only what all share stays, and it is not named by"),
    Drop.MISSING: N_("{what} of {paragraphs} falls away: nothing of “{tag_set}” is borne by"),
    Drop.ABSORBED: N_("{what} of {paragraphs} says nothing more beside {by}, borne by"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A sentence that the paragraphs ``numbers`` complete (0 is the title); it stands alone where there are none."""

    sentence: str
    numbers: tuple[int, ...]

    def in_full(self, words: Catalogue) -> str:
        """The sentence with its paragraphs, to be read out."""
        return f"{self.sentence} {named(self.numbers, words)}" if self.numbers else self.sentence


def because(rolled: RollUp, raised: CompilationRaise | None, words: Catalogue) -> tuple[Because, ...]:
    """What gives the level, each category, what fell away, and the recorded raise; indexes are paragraph numbers."""
    return (
        _level(rolled, words),
        *_categories(rolled, words),
        *(_dropped(one, words) for one in rolled.because.dropped),
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
    for ref, numbers in rolled.because.categories:
        message = _KEPT[ref.type] if numbers else N_("{what}: by a decision on the whole note")
        yield Because(sentence=words.text(message, what=ref.name, tag_set=ref.tag_set), numbers=numbers)


def _dropped(dropped: Dropped, words: Catalogue) -> Because:
    whole = words.text("the decision on the whole note")
    paragraphs = named(dropped.indexes, words) if dropped.indexes else whole
    by = "" if dropped.by is None else dropped.by.name
    facts = {"what": dropped.category.name, "paragraphs": paragraphs, "tag_set": dropped.category.tag_set, "by": by}
    sentence = words.text(_DROPPED[dropped.why], **facts)
    return Because(sentence=sentence if dropped.against else f"{sentence} {whole}", numbers=dropped.against)


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
