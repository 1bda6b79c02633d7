"""Objects of a foreign file as bytes that another file can hold: each once, without what belongs to its old file."""

import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import pikepdf

from layout.foreign.layers import has_layers, without_layers
from layout.foreign.model import ForeignFault, Lifted

_CATEGORIES: Final = ("/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Properties", "/Shading", "/XObject")
_PRUNED: Final = frozenset({"/Font", "/XObject"})
"""Resources that are left behind when the page never names them: files share them between all their pages."""
_LEFT: Final = frozenset(
    [
        "/Alternates",
        "/LastModified",
        "/Metadata",
        "/OC",
        "/OPI",
        "/PieceInfo",
        "/PtData",
        "/Ref",
        "/StructParent",
        "/StructParents",
        "/Thumb",
    ]
)
"""Entries of forms and pictures that have no meaning outside their file, or that print has no use for."""
_SCREENS: Final = frozenset({"/BG", "/BG2", "/HT", "/HTP", "/TR", "/TR2", "/UCR", "/UCR2"})
"""Entries of graphics states by which an ad would take the screening from the plant."""
_DEPTH_MAX: Final = 100
_UNPACKED_MAX: Final = 64 << 20
_OBJECTS_MAX: Final = 200_000
_OPAQUE: Final = frozenset({"/Normal", "/Compatible"})


class Collector:
    """Takes in objects and what they refer to. Objects are numbered from 1 in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int, bool], int] = {}
        self._waiting: list[tuple[Any, bool]] = []
        self._done: list[Lifted] = []
        self._transparent = False

    def resources(self, value: Any, names: frozenset[str] | None) -> Lifted:
        """The resources of a page; ``names`` are those in its content."""
        written = self._resources(value, names, 0)
        for each, holds_resources in self._waiting:  # grows on the way
            self._done.append(self._resources(each, None, 0) if holds_resources else self._object(each))
        return written

    def group(self, value: Any) -> Lifted:
        """The group of the form: what blends on its own page blends among itself on ours too."""
        if not self._transparent:
            return ()
        space = value.get("/CS") if isinstance(value, pikepdf.Dictionary) else None
        written = self._value(space, 0) if isinstance(space, pikepdf.Name) else (b"/DeviceCMYK",)
        return (b" /Group << /S /Transparency /I true /CS ", *written, b" >>")

    def finished(self) -> tuple[Lifted, ...]:
        """All objects but the form itself."""
        return tuple(self._done)

    def _object(self, value: Any) -> Lifted:
        """What stands under a number of its own."""
        if isinstance(value, pikepdf.Stream):
            return self._stream(value)
        return self._direct(value, 0)

    def _value(self, value: Any, depth: int, *, resources: bool = False) -> Lifted:
        """A value inside another: a reference when it is an object of its own."""
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            key = (*value.objgen, resources)
            if key not in self._numbers:
                if len(self._numbers) >= _OBJECTS_MAX:
                    raise ForeignFault("the page is made of more objects than any page needs")
                self._numbers[key] = len(self._numbers) + 1
                self._waiting.append((value, resources))
            return (self._numbers[key],)
        return self._resources(value, None, depth) if resources else self._direct(value, depth)

    def _direct(self, value: Any, depth: int) -> Lifted:
        if depth > _DEPTH_MAX:
            raise ForeignFault("the page's objects are nested too deep")
        if isinstance(value, pikepdf.Dictionary):
            return self._dictionary(value, depth)
        if isinstance(value, pikepdf.Array):
            parts = (part for one in _elements(value) for part in (*self._value(one, depth + 1), b" "))
            return (b"[ ", *parts, b"]")
        return (plain(value),)

    def _dictionary(self, value: Any, depth: int) -> Lifted:
        self._look(value)
        left = _SCREENS if _is_state(value) else frozenset()
        entries = {key: value.get(key) for key in sorted(value.keys()) if key not in left}
        return self._entries(entries, depth)

    def _entries(self, entries: Mapping[str, Any], depth: int) -> Lifted:
        parts: list[bytes | int] = [b"<< "]
        for key, value in entries.items():
            written = self._value(value, depth + 1, resources=key == "/Resources")
            parts += (pikepdf.Name(key).unparse() + b" ", *written, b" ")
        return (*parts, b">>")

    def _stream(self, stream: Any) -> Lifted:
        """A stream with its data as they are; a form's layers are taken off."""
        self._look(stream)
        data, gone = stream.read_raw_bytes(), {"/Length"}
        if has_layers(stream.get("/Resources")):
            data, gone = without_layers(_unpacked(stream, data)), {"/Length", "/Filter", "/DecodeParms"}
        own = {key: stream.get(key) for key in sorted(stream.keys()) if key not in _LEFT and key not in gone}
        *head, _end = self._entries(own, 0)
        return (*head, b"/Length %d >>\nstream\n" % len(data), data, b"\nendstream")

    def _resources(self, value: Any, names: frozenset[str] | None, depth: int) -> Lifted:
        if not isinstance(value, pikepdf.Dictionary):
            return (b"<< >>",)
        parts: list[bytes | int] = [b"<< "]
        for category in _CATEGORIES:
            held = value.get(category)
            if not isinstance(held, pikepdf.Dictionary):
                continue
            pruned = category in _PRUNED and names is not None
            entries = {key: held.get(key) for key in sorted(held.keys()) if not pruned or key in (names or ())}
            if entries:
                parts += (category.encode(), b" ", *self._category(category, entries, depth), b" ")
        return (*parts, b">>")

    def _category(self, category: str, entries: Mapping[str, Any], depth: int) -> Lifted:
        if category == "/Properties":  # what marked content is called means nothing to print
            return (b"<< ", *(pikepdf.Name(key).unparse() + b" << >> " for key in entries), b">>")
        return self._entries(entries, depth + 1)

    def _look(self, value: Any) -> None:
        """Note what makes the page transparent (ISO 32000-1, 11.6)."""
        blend = value.get("/BM")
        modes = list(blend) if isinstance(blend, pikepdf.Array) else [blend]
        faint = any(isinstance(one, int | float | Decimal) and one < 1 for one in (value.get("/ca"), value.get("/CA")))
        masked = isinstance(value.get("/SMask"), pikepdf.Dictionary | pikepdf.Stream)
        self._transparent |= (
            faint
            or masked
            or bool(value.get("/SMaskInData", 0))
            or (value.get("/Subtype") == "/Form" and "/Group" in value)
            or (modes[0] is not None and str(modes[0]) not in _OPAQUE)
        )


def _is_state(value: Any) -> bool:
    return value.get("/Type") == "/ExtGState" or any(key in value for key in ("/OP", "/op", "/OPM", "/SA"))


def _unpacked(stream: Any, data: bytes) -> bytes:
    """The content of a form, which perhaps nothing has ever painted, so that nobody knows its size."""
    used = stream.get("/Filter")
    if used is None:
        return data
    if used != "/FlateDecode" or "/DecodeParms" in stream:
        raise ForeignFault("a form with layers is packed in an unusual way")
    engine = zlib.decompressobj()
    content = engine.decompress(data, _UNPACKED_MAX)
    if engine.unconsumed_tail:
        raise ForeignFault(f"a form unpacks to more than {_UNPACKED_MAX >> 20} MB")
    return content


def _elements(value: Any) -> Iterator[Any]:
    return (value[nth] for nth in range(len(value)))


def plain(value: Any) -> bytes:
    """A number, name, string, boolean or null as it stands in a file."""
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, float | Decimal):
        text = f"{value:.6f}".rstrip("0").rstrip(".")
        return b"0" if text in {"-0", ""} else text.encode("ascii")
    return bytes(value.unparse())
