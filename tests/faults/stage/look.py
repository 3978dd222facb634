"""Looking at a place after an act was cut off in it: every file opens, nothing is found, registers hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from acts import ACTS
from acts.act import Act
from cloison.actions.registers import verify
from cloison.vault.errors import VaultError
from stage.place import Desk, Place

Told = tuple[Act, str]


@contextmanager
def opened(place: Place, faults: list[str]) -> Iterator[Desk | None]:
    """The vault, open; None where it does not open, which is a fault as any error while looking is."""
    try:
        desk = place.open()
    except VaultError as error:
        faults.append(f"does not open: {error!r}")
        yield None
        return
    try:
        with desk.session.vault:
            yield desk
    except VaultError as error:
        faults.append(f"cannot be looked at: {error!r}")


def warm_up(place: Place) -> None:
    """Do every act once undisturbed: it works, is seen to be done and not done, and children find all loaded."""
    faults: list[str] = []
    copy = place.copied(place.folder.with_name("warm"))
    with opened(copy, faults) as desk:
        assert desk is not None, faults
        for act in ACTS:
            token = f"warm {act.name}"
            before = act.found(desk, token)
            act.perform(desk, token)
            seen = (before, act.found(desk, token), *act.faults(desk, token))
            assert seen == (0, 1), (act.name, *seen)


def unsound(desk: Desk) -> Iterator[str]:
    """What is wrong with the vault, whatever was done in it."""
    yield from (f"{problem.kind.name} {problem.file}" for problem in desk.session.vault.check())
    yield from (
        f"register broken at {verdict.first_bad}" for verdict in verify(desk.session) if verdict.first_bad is not None
    )


def lost(desk: Desk, done: Iterable[Told]) -> Iterator[str]:
    """Acts that were acknowledged and are not there, or more than once."""
    return _amiss(desk, done, lambda found: found != 1)


def doubled(desk: Desk, begun: Iterable[Told]) -> Iterator[str]:
    """Acts that nobody acknowledged, which may be there once or not at all, and are there otherwise."""
    return _amiss(desk, begun, lambda found: found not in (0, 1))


def _amiss(desk: Desk, told: Iterable[Told], is_wrong: Callable[[int], bool]) -> Iterator[str]:
    for act, token in told:
        found = act.found(desk, token)
        if is_wrong(found):
            yield f"{act.name}: there {found} times"
        yield from (f"{act.name}: {fault}" for fault in act.faults(desk, token))
