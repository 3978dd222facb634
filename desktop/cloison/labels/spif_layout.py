"""Reading the layout block of a policy file: what SPIF has no field for.

It stands in `SPIF/extensions` (SPIF 2.1 allows any element there) as one `layout` element of the namespace
`urn:cloison:policy-layout:1`, so that the policy and its look travel, are hashed and are signed as one file:

- `classification` by `name`: `positions` (page edges that bear its stamp, none for an empty list), `screen`, `stamp`,
  `handling` (whom it is exchanged with; `minimumSuite`, the lowest suite it may be sealed in), `requires`, `handledAs`
  (a level of another policy, with source and date);
- `equivalence` by `policy`, the name in `equivalentPolicies`: the `source` and `date` of what is said of it;
- `tag` by `tagSetId` and `name`: `restricts`, `nationalityCounts`, `always`; for its categories `positions`, `stamp`;
- `category` by `tagSetId` and `name`: `positions`, `heldBy`, `chip`, `stamp`.

An element or attribute we do not know is an error: it would be silently without effect. Screen colours are checked for
contrast (WCAG 2.2, 1.4.3, level AA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

from cloison.labels.colours import contrast, is_colour
from cloison.labels.errors import (
    BadValueError,
    DanglingReferenceError,
    DuplicateError,
    LowContrastError,
    UnknownLayoutError,
)
from cloison.labels.layout import (
    CLOSED,
    HandledAs,
    Handling,
    OverdueList,
    PageEdge,
    Provenance,
    Requirements,
    ScreenColours,
    StampStyle,
    TrustNeeded,
)
from cloison.labels.markup import Node, local_name
from cloison.labels.spif_values import flag, integer, required
from cloison_crypto.suites import SUITES

NAMESPACE = "urn:cloison:policy-layout:1"
LEAST_CONTRAST = 4.5

_NATION = re.compile(r"[A-Z]{3}")
_TAG_ATTRIBUTES = {"tagSetId", "name", "restricts", "nationalityCounts", "always", "positions"}
_E = TypeVar("_E", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationLayout:
    """What the block says of a classification."""

    positions: frozenset[PageEdge] | None = None
    screen: ScreenColours | None = None
    stamp: StampStyle | None = None
    handling: Handling = CLOSED
    handled_as: HandledAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagLayout:
    """What the block says of a tag."""

    restricts: bool = False
    nationality_counts: bool = False
    always: frozenset[str] = frozenset()
    positions: frozenset[PageEdge] | None = None
    stamp: StampStyle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLayout:
    """What the block says of a category."""

    positions: frozenset[PageEdge] | None = None
    chip: ScreenColours | None = None
    stamp: StampStyle | None = None
    held_by: frozenset[str] | None = None


@dataclass(slots=True, kw_only=True)
class Layout:
    """The block while a policy is being read; entries nothing asked for name elements the policy does not have."""

    is_present: bool = False
    classifications: dict[str, ClassificationLayout] = field(default_factory=dict)
    tags: dict[tuple[str, str], TagLayout] = field(default_factory=dict)
    categories: dict[tuple[str, str], CategoryLayout] = field(default_factory=dict)
    equivalences: dict[str, Provenance] = field(default_factory=dict)
    unused: dict[tuple[str, ...], str] = field(default_factory=dict)

    def classification(self, name: str) -> ClassificationLayout:
        """What is said of a classification; the defaults where nothing is."""
        self.unused.pop(("classification", name.casefold()), None)
        return self.classifications.get(name.casefold(), ClassificationLayout())

    def tag(self, tag_set_id: str, name: str) -> TagLayout:
        """What is said of a tag."""
        self.unused.pop(("tag", tag_set_id, name.casefold()), None)
        return self.tags.get((tag_set_id, name.casefold()), TagLayout())

    def category(self, tag_set_id: str, name: str) -> CategoryLayout:
        """What is said of a category."""
        self.unused.pop(("category", tag_set_id, name.casefold()), None)
        return self.categories.get((tag_set_id, name.casefold()), CategoryLayout())

    def equivalence(self, policy: str) -> Provenance | None:
        """Where the equivalences with a policy come from; None where that is not said."""
        self.unused.pop(("equivalence", policy.casefold()), None)
        return self.equivalences.get(policy.casefold())

    def check_all_used(self) -> None:
        """Raise `DanglingReferenceError` where an entry names nothing of the policy."""
        for key, path in self.unused.items():
            raise DanglingReferenceError(path, key[-1])


def read_layout(root: Node) -> Layout:
    """The layout block of the policy file whose root is `root`, or an empty one; raises `PolicyError`."""
    layout = Layout()
    extensions = root.child("extensions")
    if extensions is None:
        return layout
    for block in extensions.seen_in(NAMESPACE).children("layout"):
        layout.is_present = True
        _check(block, attributes=set(), children={"classification", "tag", "category", "equivalence"})
        for node in block.children("classification"):
            _add(layout, ("classification", required(node, "name").casefold()), node)
            layout.classifications[required(node, "name").casefold()] = _classification(node)
        for node in block.children("tag"):
            _add(layout, ("tag", *_tag_key(node)), node)
            layout.tags[_tag_key(node)] = _tag(node)
        for node in block.children("category"):
            _add(layout, ("category", *_tag_key(node)), node)
            layout.categories[_tag_key(node)] = _category(node)
        for node in block.children("equivalence"):
            _add(layout, ("equivalence", required(node, "policy").casefold()), node)
            layout.equivalences[required(node, "policy").casefold()] = _equivalence(node)
    return layout


def _add(layout: Layout, key: tuple[str, ...], node: Node) -> None:
    if key in layout.unused:
        raise DuplicateError(node.path, key[-1])
    layout.unused[key] = node.path


def _tag_key(node: Node) -> tuple[str, str]:
    return required(node, "tagSetId"), (node.get("name") or "").casefold()


def _classification(node: Node) -> ClassificationLayout:
    _check(node, attributes={"name", "positions"}, children={"screen", "stamp", "handling", "requires", "handledAs"})
    return ClassificationLayout(
        positions=_positions(node),
        screen=_colours(node, "screen"),
        stamp=_stamp(node),
        handling=_handling(node),
        handled_as=_handled_as(node),
    )


def _handled_as(node: Node) -> HandledAs | None:
    found = node.child("handledAs")
    if found is None:
        return None
    _check(found, attributes={"policy", "classification", "source", "date"}, children=set())
    return HandledAs(
        policy=required(found, "policy"),
        classification=required(found, "classification"),
        provenance=_provenance(found),
    )


def _equivalence(node: Node) -> Provenance:
    _check(node, attributes={"policy", "source", "date"}, children=set())
    return _provenance(node)


def _provenance(node: Node) -> Provenance:
    value = required(node, "date")
    try:
        return Provenance(source=required(node, "source"), day=date.fromisoformat(value))
    except ValueError as error:
        raise BadValueError(f"{node.path}/@date", value) from error


def _tag(node: Node) -> TagLayout:
    _check(node, attributes=_TAG_ATTRIBUTES, children={"stamp"})
    return TagLayout(
        restricts=flag(node, "restricts"),
        nationality_counts=flag(node, "nationalityCounts"),
        always=_nations(node, "always") or frozenset(),
        positions=_positions(node),
        stamp=_stamp(node),
    )


def _category(node: Node) -> CategoryLayout:
    _check(node, attributes={"tagSetId", "name", "positions", "heldBy"}, children={"chip", "stamp"})
    return CategoryLayout(
        positions=_positions(node), chip=_colours(node, "chip"), stamp=_stamp(node), held_by=_nations(node, "heldBy")
    )


def _positions(node: Node) -> frozenset[PageEdge] | None:
    value = node.get("positions")
    if value is None:
        return None
    return frozenset(_member(PageEdge, one, path=f"{node.path}/@positions") for one in value.split())


def _nations(node: Node, name: str) -> frozenset[str] | None:
    value = node.get(name)
    if value is None:
        return None
    nations = frozenset(value.split())
    if not nations or not all(_NATION.fullmatch(one) for one in nations):
        raise BadValueError(f"{node.path}/@{name}", value)
    return nations


def _colours(node: Node, name: str) -> ScreenColours | None:
    found = node.child(name)
    if found is None:
        return None
    _check(found, attributes={"background", "text", "border", "darkBorder"}, children=set())
    colours = ScreenColours(
        background=_colour(found, "background"),
        text=_colour(found, "text"),
        border=None if found.get("border") is None else _colour(found, "border"),
        dark_border=None if found.get("darkBorder") is None else _colour(found, "darkBorder"),
    )
    if contrast(colours.text, colours.background) < LEAST_CONTRAST:
        raise LowContrastError(found.path, f"{colours.text} on {colours.background}")
    return colours


def _colour(node: Node, name: str) -> str:
    value = required(node, name)
    if not is_colour(value):
        raise BadValueError(f"{node.path}/@{name}", value)
    return value.upper()


def _stamp(node: Node) -> StampStyle | None:
    found = node.child("stamp")
    if found is None:
        return None
    _check(found, attributes={"colour", "boxed", "order"}, children=set())
    return StampStyle(
        colour=_colour(found, "colour"), boxed=flag(found, "boxed"), order=integer(found, "order", default=0)
    )


def _handling(node: Node) -> Handling:
    found = node.child("handling")
    if found is None:
        return Handling(requires=_requirements(node))
    names = {"trust", "overdueList", "openWithoutClearance", "minimumSuite", "recovery"}
    _check(found, attributes=names, children=set())
    return Handling(
        trust=_member(TrustNeeded, required(found, "trust"), path=f"{found.path}/@trust"),
        overdue_list=_member(OverdueList, required(found, "overdueList"), path=f"{found.path}/@overdueList"),
        open_without_clearance=flag(found, "openWithoutClearance"),
        minimum_suite=_suite(found),
        needs_recovery=_recovery(found),
        requires=_requirements(node),
    )


def _suite(node: Node) -> int:
    """A suite that does not exist would either seal nothing or, passed over, lower the level: it is an error."""
    number = integer(node, "minimumSuite", default=1)
    if number not in SUITES:
        raise BadValueError(f"{node.path}/@minimumSuite", str(number))
    return number


def _recovery(node: Node) -> bool:
    """Anything but the one word is an error: a slip of the pen would leave a level without its recovery package."""
    given = node.get("recovery")
    if given not in (None, "required"):
        raise BadValueError(f"{node.path}/@recovery", given)
    return given is not None


def _years(node: Node, name: str) -> int | None:
    given = node.get(name)
    if given is None:
        return None
    if not re.fullmatch("[1-9][0-9]?", given):
        raise BadValueError(f"{node.path}/@{name}", given)
    return int(given)


def _requirements(node: Node) -> Requirements:
    found = node.child("requires")
    if found is None:
        return Requirements()
    names = {
        "copyNumber",
        "distribution",
        "referenceOnEveryPage",
        "doubleNumber",
        "authorisation",
        "declassificationDate",
        "destructionMinutes",
        "blankPageText",
        "declassifyWithin",
        "reviewWithin",
    }
    _check(found, attributes=names, children=set())
    return Requirements(
        copy_number=flag(found, "copyNumber"),
        distribution=flag(found, "distribution"),
        reference_on_every_page=flag(found, "referenceOnEveryPage"),
        double_number=flag(found, "doubleNumber"),
        authorisation=flag(found, "authorisation"),
        declassification_date=flag(found, "declassificationDate"),
        destruction_minutes=flag(found, "destructionMinutes"),
        declassify_within=_years(found, "declassifyWithin"),
        review_within=_years(found, "reviewWithin"),
        blank_page_text=found.get("blankPageText"),
    )


def _member(kind: type[_E], value: str, *, path: str) -> _E:
    try:
        return kind(value)
    except ValueError as error:
        raise BadValueError(path, value) from error


def _check(node: Node, *, attributes: set[str], children: set[str]) -> None:
    for name in map(str, node.element.attrib):
        if name not in attributes:
            raise UnknownLayoutError(f"{node.path}/@{name}", name)
    for name in _child_names(node):
        if name not in children:
            raise UnknownLayoutError(f"{node.path}/{name}", name)


def _child_names(node: Node) -> Iterator[str]:
    for element in node.element:
        yield local_name(element) if element.tag == f"{{{NAMESPACE}}}{local_name(element)}" else str(element.tag)
