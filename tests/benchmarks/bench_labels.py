"""What the label engine costs: it is asked on every key press, for every portion and reader.

Processor time, the best of several rounds, beside its bar: loading a policy
of one megabyte and 850 categories, 10,000 decisions, rolling up 5,000 portions. Prints one JSON object.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cloison.labels.clearance import Clearance
from cloison.labels.decision import decide
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.labels.rollup import roll_up
from cloison.labels.spif import policy_from_spif

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
POLICY = built_in("FR")
ROUNDS = 7
OID = "1.3.6.1.4.1.99999.9"
WORDS = "word " * 25
CODES = "<code>pageTop</code><code>pageBottom</code>"
LANGUAGES = ("en", "fr", "de", "es", "it")
BARS = {"policy_1_mb_ms": "< 100", "decisions_10000_ms": "< 200", "roll_up_5000_ms": "< 50"}


def main() -> None:
    """Measure and print."""
    sys.stdout.write(json.dumps({"bars": BARS, **measure()}, indent=2) + "\n")


def measure() -> dict[str, float]:
    """Every figure, in milliseconds of processor time."""
    data = large_policy()
    labels = [read_mark(POLICY, mark, created=NOW) for mark in ("NP", "DR", "S", "S-SF", "TS")]
    dated = [replace(label, created=NOW + timedelta(days=day)) for day in range(10) for label in labels]
    portions = [replace(labels[number % 5], created=NOW + timedelta(seconds=number)) for number in range(5000)]
    clearance = Clearance.from_mark(POLICY, "S-SF")

    def decide_ten_thousand() -> None:
        for number in range(10_000):
            decide(
                POLICY,
                dated[number % len(dated)],
                clearance=clearance,
                nationality="FRA",
                need_to_know=frozenset(),
                needed=frozenset(),
                now=NOW,
            )

    return {
        "policy_bytes": len(data),
        "policy_1_mb_ms": best(lambda: policy_from_spif(data, source="")),
        "decisions_10000_ms": best(decide_ten_thousand),
        "roll_up_5000_ms": best(lambda: roll_up(POLICY, portions, created=NOW)),
    }


def best(work: Callable[[], object]) -> float:
    """The quickest of some rounds, in milliseconds of processor time: others use the machine too."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return round(1000 * min(times), 1)


def large_policy() -> bytes:
    """One megabyte and 850 categories, each with phrases in five languages and rules."""
    phrases = "".join(f'<markingData phrase="{WORDS}" xml:lang="{one}">{CODES}</markingData>' for one in LANGUAGES)
    rules = '<excludedClass>LOW</excludedClass><excludedCategory tagSetRef="SET" tagType="restrictive" lacv="0"/>'
    categories = "".join(
        f'<tagCategory name="CATEGORY {number}" lacv="{number}">{phrases}{rules}</tagCategory>'
        for number in range(1, 850)
    )
    return (
        '<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" version="1">'
        f'<securityPolicyId name="LARGE" id="{OID}"/><securityClassifications>'
        '<securityClassification name="LOW" lacv="1" hierarchy="1"/>'
        '<securityClassification name="HIGH" lacv="2" hierarchy="2"/></securityClassifications>'
        f'<securityCategoryTagSets><securityCategoryTagSet name="SET" id="{OID}.1">'
        f'<securityCategoryTag name="SET" tagType="restrictive"><tagCategory name="FIRST" lacv="0"/>{categories}'
        "</securityCategoryTag></securityCategoryTagSet></securityCategoryTagSets></SPIF>"
    ).encode()


if __name__ == "__main__":
    main()
