"""Days as a policy words them: `dateFormat` of SPIF 2.1, as in `dd.MM.yyyy`, `d MMM yyyy` or `yyyy-MM-dd`.

`d`, `dd`, `M`, `MM`, `yy` and `yyyy` are figures, `MMM` and `MMMM` the month's name, what stands in apostrophes or is
no letter is taken as it is. A format with any other letter is not guessed at: it has no tokens.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_TOKEN = re.compile(r"d{1,2}|M{1,4}|yyyy|yy|'[^']*'|[^A-Za-z']+")
_MONTHS = {
    "en": ("January February March April May June July August September October November December"),
    "fr": ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
}
_SHORT_MONTHS = {
    "en": "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC",
    "fr": "JANV FÉVR MARS AVR MAI JUIN JUIL AOÛT SEPT OCT NOV DÉC",
}
_FIGURES = {"d": "(?P<d>[0-9]{1,2})", "M": "(?P<m>[0-9]{1,2})", "y": "(?P<y>[0-9]{4})"}


def word_day(day: date, pattern: str, language: str) -> str:
    """`day` as `pattern` has it, its month named in French or else in English; YYYY-MM-DD by a pattern that says no
    day."""
    tokens = _tokens(pattern)
    return "".join(_worded(one, day, language) for one in tokens) if tokens else day.isoformat()


def read_day(text: str, pattern: str) -> date | None:
    """The day that `text` is by `pattern`, in any case, with or without accents; None where it is none.

    A year of two figures says nothing of its century: such a pattern is written, and not read.
    """
    tokens = _tokens(pattern)
    if sorted(one[0] for one in tokens if one[0] in "dMy") != ["M", "d", "y"] or "yyyy" not in tokens:
        return None
    found = re.fullmatch("".join(map(_readable, tokens)), _folded(text))
    if found is None:
        return None
    parts = found.groupdict()
    month = _month_numbers()[parts["name"]] if "name" in parts else int(parts["m"])
    try:
        return date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:  # The thirtieth of February.
        return None


def _tokens(pattern: str) -> list[str]:
    """The parts of a date format; none where a letter in it is not understood."""
    tokens = _TOKEN.findall(pattern)
    return tokens if "".join(tokens) == pattern else []


def _readable(part: str) -> str:
    if part in ("MMM", "MMMM"):
        return f"(?P<name>{'|'.join(_month_numbers())})"
    return _FIGURES.get(part[0]) or re.escape(_folded(part.strip("'")))


def _month_numbers() -> dict[str, int]:
    return {
        _folded(name): number
        for names in (*_MONTHS.values(), *_SHORT_MONTHS.values())
        for number, name in enumerate(names.split(), 1)
    }


def _folded(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))


def _worded(part: str, day: date, language: str) -> str:
    tongue = "fr" if language.lower().partition("-")[0] == "fr" else "en"
    worded = {
        "d": str(day.day),
        "dd": f"{day.day:02}",
        "M": str(day.month),
        "MM": f"{day.month:02}",
        "MMM": _SHORT_MONTHS[tongue].split()[day.month - 1],
        "MMMM": _MONTHS[tongue].split()[day.month - 1],
        "yy": f"{day.year % 100:02}",
        "yyyy": f"{day.year:04}",
    }
    return worded.get(part, part.strip("'"))
