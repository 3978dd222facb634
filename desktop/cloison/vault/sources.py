"""Whom a note comes from: the sources on record in its evaluation, and the service that sent it."""

from __future__ import annotations

from cloison.notes.note import Note


def source_names(note: Note) -> tuple[str, ...]:
    """Their names, each once."""
    on_record = () if note.evaluation is None else tuple(source.name for source in note.evaluation.sources)
    is_received = any(part.origin is not None for part in note.parts.values())
    return tuple(dict.fromkeys((*on_record, *((note.author,) if is_received else ()))))
