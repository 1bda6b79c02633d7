"""Features that have no business in print, found by walking every object that the file reaches."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from layout.preflight.budget import Budget
from layout.preflight.model import Feature, Trace
from layout.preflight.objects import (
    DIRECT,
    Array,
    Holder,
    Identity,
    Stream,
    Value,
    elements,
    entries,
    filters,
    get,
    identity,
    integer,
    name,
)

_ACTIONS: Final = frozenset(
    [
        "GoTo",
        "GoToR",
        "GoToE",
        "Launch",
        "Thread",
        "URI",
        "Sound",
        "Movie",
        "Hide",
        "Named",
        "SubmitForm",
        "ResetForm",
        "ImportData",
        "JavaScript",
        "SetOCGState",
        "Rendition",
        "Trans",
        "GoTo3DView",
    ]
)
_AREAS: Final = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")
_AREAS_ALLOWED: Final = {"MediaBox", "BleedBox"}
_PLAIN: Final = frozenset(
    [
        "/W",
        "/W2",
        "/Widths",
        "/Rect",
        "/MediaBox",
        "/CropBox",
        "/TrimBox",
        "/BleedBox",
        "/ArtBox",
        "/BBox",
        "/Matrix",
        "/Decode",
        "/Differences",
        "/Parent",
    ]
)
"""Arrays of numbers and names, and the way back up: nothing to be found there."""


class _Node(Struct, frozen=True):
    """A dictionary or stream, with the key it stands under and the key of what holds it."""

    value: Value
    key: str
    above: str


def find_traces(roots: Iterable[Value], budget: Budget) -> tuple[Trace, ...]:
    """The features of all that is reached from ``roots``, with their counts, sorted. Raises OverBudget."""
    found = Counter(trace for node in _walk(roots, budget) for trace in _traces(node))
    return tuple(Trace(feature, detail, count) for (feature, detail), count in sorted(found.items()))


def _walk(roots: Iterable[Value], budget: Budget) -> Iterator[_Node]:
    seen: set[Identity] = set()
    waiting = [_Node(root, "", "") for root in roots if _compound(root)]
    while waiting:
        node = waiting.pop()
        budget.spend_object()
        key = identity(node.value)
        if key != DIRECT:
            if key in seen:
                continue
            seen.add(key)
        if isinstance(node.value, Array):
            waiting += [_Node(one, node.key, node.above) for one in elements(node.value) if _compound(one)]
        else:
            yield node
            for inner, value in entries(node.value):
                if inner not in _PLAIN and _compound(value):
                    waiting.append(_Node(value, inner, node.key))


def _compound(value: Value) -> bool:
    return isinstance(value, Holder | Array)


def _traces(node: _Node) -> Iterator[tuple[Feature, str]]:
    value = node.value
    if isinstance(value, Stream):
        yield from _stream_traces(value)
    kind = name(get(value, "/S"))
    if kind in _ACTIONS and (
        node.key in {"/A", "/OpenAction", "/Next", "/PA"} or node.above == "/AA" or _scripted(value)
    ):
        yield (Feature.JAVASCRIPT if kind == "JavaScript" else Feature.ACTION), kind
    if any(entries(get(value, "/AA"))):
        yield Feature.ACTION, "additional actions"
    if node.key == "/AcroForm":
        yield from _form_traces(value)
    if node.key == "/ViewerPreferences":
        areas = ((key, name(get(value, key))) for key in _AREAS if get(value, key) is not None)
        yield from ((Feature.VIEW_AREA, f"{key[1:]} {box}") for key, box in areas if box not in _AREAS_ALLOWED)
    if node.above == "/ExtGState" or name(get(value, "/Type")) == "ExtGState":
        yield from _state_traces(value)
    if get(value, "/HalftoneType") is not None:
        yield from _halftone_traces(value)
    if get(value, "/OPI") is not None:
        yield Feature.OPI, ""


def _scripted(value: Value) -> bool:
    return get(value, "/JS") is not None or name(get(value, "/Type")) == "Action"


def _stream_traces(stream: Stream) -> Iterator[tuple[Feature, str]]:
    for used in filters(stream):
        yield Feature.FILTER, used
    if get(stream, "/F") is not None or get(stream, "/FFilter") is not None:
        yield Feature.EXTERNAL, ""
    if name(get(stream, "/Type")) == "EmbeddedFile":
        yield Feature.ATTACHMENT, ""
    if "PS" in {name(get(stream, "/Subtype")), name(get(stream, "/Subtype2"))}:
        yield Feature.POSTSCRIPT, ""
    if get(stream, "/Alternates") is not None:
        yield Feature.ALTERNATES, ""
    if get(stream, "/Ref") is not None:
        yield Feature.REFERENCE, ""


def _form_traces(form: Value) -> Iterator[tuple[Feature, str]]:
    if any(True for _ in elements(get(form, "/Fields"))):
        yield Feature.FORM_FIELD, ""
    if get(form, "/XFA") is not None:
        yield Feature.XFA, ""


def _state_traces(state: Value) -> Iterator[tuple[Feature, str]]:
    if get(state, "/TR") is not None:
        yield Feature.TRANSFER, "TR"
    if get(state, "/TR2") is not None and name(get(state, "/TR2")) != "Default":
        yield Feature.TRANSFER, "TR2"
    if get(state, "/HTP") is not None:
        yield Feature.HALFTONE_ORIGIN, "HTP"


def _halftone_traces(halftone: Value) -> Iterator[tuple[Feature, str]]:
    kind = integer(get(halftone, "/HalftoneType"))
    if kind not in {1, 5}:
        yield Feature.HALFTONE, f"type {kind}"
    if get(halftone, "/HalftoneName") is not None:
        yield Feature.HALFTONE, "HalftoneName"
    if get(halftone, "/TransferFunction") is not None:
        yield Feature.TRANSFER, "halftone"
