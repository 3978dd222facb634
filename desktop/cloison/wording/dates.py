"""Dates and times as people write them, in the local time of the machine."""

from __future__ import annotations

from datetime import datetime, tzinfo

from cloison.wording.catalogue import N_, Catalogue

_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def months(words: Catalogue) -> tuple[str, ...]:
    """The names of the twelve months."""
    return tuple(words.text(name) for name in _MONTHS)


def first_day(words: Catalogue) -> str:
    """How the first day of a month is written: ``1er`` in French."""
    return words.text_in("first day of a month", "1")


def day(moment: datetime, words: Catalogue, *, zone: tzinfo | None = None) -> str:
    """The date in full: ``1er décembre 2026``; in the machine's own zone unless another is given."""
    local = moment.astimezone(zone)
    number = first_day(words) if local.day == 1 else str(local.day)
    return f"{number} {months(words)[local.month - 1]} {local.year}"


def minute(moment: datetime, words: Catalogue, *, zone: tzinfo | None = None) -> str:
    """Date and time to the minute, for columns: ``22/11/2026 14:02``."""
    local = moment.astimezone(zone)
    return words.text(
        "{year}-{month}-{day} {hour}:{minute}",
        year=local.year,
        month=f"{local.month:02}",
        day=f"{local.day:02}",
        hour=f"{local.hour:02}",
        minute=f"{local.minute:02}",
    )


def short_day(moment: datetime, words: Catalogue, *, zone: tzinfo | None = None) -> str:
    """The date alone, for columns: ``22/11/2026``."""
    local = moment.astimezone(zone)
    return words.text("{year}-{month}-{day}", year=local.year, month=f"{local.month:02}", day=f"{local.day:02}")


def list_day(moment: datetime, words: Catalogue, *, now: datetime, zone: tzinfo | None = None) -> str:
    """The date for a narrow list: today the time, this year day and month (``22 nov.``), else as ``short_day``."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return time_of_day(moment, words, zone=zone)
    if local.year != today.year:
        return short_day(moment, words, zone=zone)
    number = first_day(words) if local.day == 1 else str(local.day)
    month = words.text("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.").split(" ")[local.month - 1]
    return words.text("{day} {month}", day=number, month=month)


def time_of_day(moment: datetime, words: Catalogue, *, zone: tzinfo | None = None) -> str:
    """The time to the minute: ``14:02``."""
    local = moment.astimezone(zone)
    return words.text("{hour}:{minute}", hour=f"{local.hour:02}", minute=f"{local.minute:02}")
