"""What is told of a card that came with other keys, or under a name that an eye may take for another's."""

from __future__ import annotations

from cloison.actions.acquaintance import Earlier
from cloison.actions.people import Contact
from cloison.wording.catalogue import Catalogue
from cloison.wording.dates import day


def acquaintance_texts(known: Contact, words: Catalogue) -> tuple[str, ...]:
    """The warnings about a contact: changed keys, a card that was replaced, names that look alike."""
    said: list[str] = []
    if known.changed_from is not None and known.compared_at is None:
        said.append(_changed_text(known.card.name, known.changed_from, words))
    if known.replaced_by is not None:
        said.append(words.text("{name} has a newer card: use that one.", name=known.card.name))
    if known.looks_like:
        said.append(
            words.text(
                "The name {name} looks like that of somebody else known here: {names}. Compare the fingerprint before "
                "anything goes to them.",
                name=known.card.name,
                names=", ".join(known.looks_like),
            )
        )
    return tuple(said)


def acquaintance_flags(known: Contact, words: Catalogue) -> tuple[str, ...]:
    """The same in a few words each, for the line of a list."""
    flags = (
        (known.changed_from is not None and known.compared_at is None, words.text("new keys")),
        (known.replaced_by is not None, words.text("has a newer card")),
        (bool(known.looks_like), words.text("name looks like another")),
    )
    return tuple(text for is_so, text in flags if is_so)


def _changed_text(name: str, earlier: Earlier, words: Catalogue) -> str:
    if earlier.compared_at is None:
        return words.text(
            "{name} has new keys, by the word of their old card. Compare the new fingerprint and have the new card "
            "endorsed.",
            name=name,
        )
    return words.text(
        "{name} has new keys, by the word of their old card, which {by} compared on {day}. That comparison does not "
        "hold for the new one: compare its fingerprint and have it endorsed.",
        name=name,
        by=earlier.compared_by or "",
        day=day(earlier.compared_at, words),
    )
