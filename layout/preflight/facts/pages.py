"""Pages: their order, boxes and annotations."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from layout.preflight.budget import Budget, OverBudget
from layout.preflight.facts.places import place_of
from layout.preflight.model import Annotation, Box, Boxes, Page
from layout.preflight.objects import (
    DIRECT,
    Holder,
    Identity,
    Value,
    elements,
    get,
    identity,
    integer,
    is_holder,
    name,
    number,
    numbers,
)

PAGES_MAX: Final = 2000
_INHERITED: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_ANNOTATIONS_MAX: Final = 5000
_SIDE_MAX: Final = 14_400.0 * 75
"""Points: 200 inches, the limit of ISO 32000-1, annex C, at the largest UserUnit that is of any use."""


class Leaf(Struct, frozen=True):
    """A page dictionary with what it inherits."""

    number: int
    value: Value
    inherited: dict[str, Value]

    def entry(self, key: str) -> Value:
        """An entry of the page, or the inherited one."""
        own = get(self.value, key)
        return self.inherited.get(key) if own is None else own


def leaves(trailer: Value, budget: Budget) -> Iterator[Leaf]:
    """The pages in their order. A node that comes again is passed over. Raises OverBudget."""
    seen: set[Identity] = set()
    count = 0
    waiting: list[tuple[Value, dict[str, Value]]] = [(get(trailer, "/Root", "/Pages"), {})]
    while waiting:
        node, inherited = waiting.pop()
        budget.spend_object()
        key = identity(node)
        if not is_holder(node) or (key != DIRECT and key in seen):
            continue
        seen.add(key)
        kids = get(node, "/Kids")
        if kids is None:
            count += 1
            if count > PAGES_MAX:
                raise OverBudget(f"more than {PAGES_MAX} pages")
            yield Leaf(count, node, inherited)
            continue
        own = {entry: get(node, entry) for entry in _INHERITED}
        passed_on = inherited | {entry: value for entry, value in own.items() if value is not None}
        waiting += [(kid, passed_on) for kid in reversed(list(elements(kids)))]


def read_page(leaf: Leaf) -> Page:
    """The facts of a page without its content."""
    boxes = _boxes(leaf)
    user_unit = number(get(leaf.value, "/UserUnit"))
    keys = leaf.value.keys() if isinstance(leaf.value, Holder) else ()
    return Page(
        leaf.number,
        boxes,
        rotation=integer(leaf.entry("/Rotate")) or 0,
        user_unit=1.0 if user_unit is None else user_unit,
        keys=frozenset(key[1:] for key in keys),
        annotations=tuple(_annotation(one, boxes) for one in annotations(leaf)),
    )


def annotations(leaf: Leaf) -> Iterator[Value]:
    """The annotations of a page."""
    for one, _ in zip(elements(get(leaf.value, "/Annots")), range(_ANNOTATIONS_MAX), strict=False):
        if is_holder(one):
            yield one


def rectangle(value: Value) -> Box | None:
    """A rectangle with its corners in order; None when it is none or has no area."""
    found = numbers(value)
    if len(found) != 4:
        return None
    left, right = sorted(found[::2])
    bottom, top = sorted(found[1::2])
    whole = left < right and bottom < top and right - left <= _SIDE_MAX and top - bottom <= _SIDE_MAX
    return (left, bottom, right, top) if whole else None


def _boxes(leaf: Leaf) -> Boxes:
    written = {
        "MediaBox": leaf.entry("/MediaBox"),
        "CropBox": leaf.entry("/CropBox"),
        **{key: get(leaf.value, f"/{key}") for key in ("BleedBox", "TrimBox", "ArtBox")},
    }
    read = {key: rectangle(value) for key, value in written.items()}
    broken = tuple(key for key, value in written.items() if value is not None and read[key] is None)
    return Boxes(read["MediaBox"], read["CropBox"], read["BleedBox"], read["TrimBox"], read["ArtBox"], broken)


def _annotation(value: Value, boxes: Boxes) -> Annotation:
    box = rectangle(get(value, "/Rect"))
    return Annotation(name(get(value, "/Subtype")), box, place_of(box or boxes.frame, boxes.frame))
