"""An act that something hinders: done once, judged by what was told of it and by what is there afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from acts.act import Act
from stage.look import doubled, lost, opened, unsound
from stage.place import Place
from stage.traced import Answer

FAILED = 1
_TOKEN, _AGAIN = "1", "2"


@dataclass
class Tally:
    """How often each act was hindered, what was told, and what was wrong."""

    hindered: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def take(self, act: Act, place: Place, answer: Answer, hindrance: str) -> None:
        """Judge what came of an act that was hindered so; by now nothing hinders any more."""
        self.hindered[act.name] += 1
        self.outcomes["done" if answer.code == 0 else "not done"] += 1
        self.sentences[_without_names(answer.sentence or "")] += 1
        for fault in (*_told_badly(answer), *_amiss(act, place, answer)):
            self.faults[f"{act.name}, {hindrance}: {fault}"] += 1

    def summary(self) -> dict[str, object]:
        """For the line of JSON."""
        return {
            "hindered": self.hindered.total(),
            "acts": dict(self.hindered),
            "outcomes": dict(self.outcomes),
            "sentences": dict(self.sentences),
            "faults": dict(self.faults),
        }


def perform(act: Act, place: Place) -> None:
    """Open the vault, do the act, close the vault."""
    desk = place.open()
    with desk.session.vault:
        act.perform(desk, _TOKEN)


def _told_badly(answer: Answer) -> Iterator[str]:
    """What failed is told in a sentence and with the exit code of a disk that failed."""
    if answer.trace is not None:
        yield f"no sentence: {answer.trace}"
    elif answer.code not in (0, FAILED):
        yield f"exit code {answer.code}: {answer.sentence}"


def _amiss(act: Act, place: Place, answer: Answer) -> list[str]:
    """What is wrong in the vault afterwards; the act can be done (again)."""
    faults: list[str] = []
    done = [(act, _TOKEN)]
    with opened(place, faults) as desk:
        if desk is not None:
            faults += [*unsound(desk), *(lost if answer.code == 0 else doubled)(desk, done)]
            act.perform(desk, _AGAIN)
            faults += lost(desk, [(act, _AGAIN)])
    return faults


def _without_names(sentence: str) -> str:
    """A sentence without the names of files in it, which differ each time."""
    return "“…”".join(part.rpartition("”")[2] for part in sentence.split("“"))
