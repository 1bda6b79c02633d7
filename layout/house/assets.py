"""The files that a house style names: faces and press profiles, shipped ones by name, others by path."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from layout.core import Checked, Diagnostic, Span, error
from layout.house.model import FaceRef
from layout.resources import FONTS, PRESS
from layout.source import Items, Leaf, Node, Table, convert, find_inside, nearest

_SUFFIXES: Final = (".ttf", ".otf", ".ttc", ".otc")


def face_chains(house: Table, folders: Sequence[Path]) -> Checked[dict[str, tuple[FaceRef, ...]]]:
    """Role -> its faces in order. Codes: font-missing, path-escapes, file-missing."""
    faces, roles = house.get("faces"), house.get("roles")
    assert isinstance(faces, Table)
    assert isinstance(roles, Table)
    found: list[Diagnostic] = []
    known: dict[str, FaceRef] = {}
    shipped = {path.stem: path for path in sorted(FONTS.iterdir()) if path.suffix in _SUFFIXES}
    for name, entry in faces.entries.items():
        face = _face(entry.node, shipped, folders)
        found.extend(face.diagnostics)
        if face.value is not None:
            known[name] = face.value
    if found:
        return Checked(None, tuple(found))
    return Checked({role: _chain(entry.node, known) for role, entry in roles.entries.items()})


def press_profile(house: Table, folders: Sequence[Path]) -> Checked[tuple[Path, Span]]:
    """The press condition's profile, and where it is named. Codes: path-escapes, file-missing."""
    press = house.get("press")
    assert isinstance(press, Table)
    profile = press.get("profile")
    assert isinstance(profile, Leaf)
    path = _file(profile, PRESS, folders)
    return Checked(None if path.value is None else (path.value, profile.span), path.diagnostics)


def _chain(node: Node, known: dict[str, FaceRef]) -> tuple[FaceRef, ...]:
    assert isinstance(node, Items)
    return tuple(known[leaf.raw] for leaf in node.nodes if isinstance(leaf, Leaf))


def _face(node: Node, shipped: Mapping[str, Path], folders: Sequence[Path]) -> Checked[FaceRef]:
    leaf = node.get("file") if isinstance(node, Table) else node
    assert isinstance(leaf, Leaf)
    path = _face_file(leaf, shipped, folders)
    if path.value is None:
        return Checked(None, path.diagnostics)
    index, axes = (node.get("index"), node.get("axes")) if isinstance(node, Table) else (None, None)
    return Checked(
        FaceRef(
            path=path.value,
            index=0 if index is None else convert({"type": "integer"}, index),
            axes=() if axes is None else tuple(sorted(convert(_AXES, axes).items())),
            span=leaf.span,
        )
    )


_AXES: Final = {"type": "object", "additionalProperties": {"type": "number"}}


def _face_file(leaf: Leaf, shipped: Mapping[str, Path], folders: Sequence[Path]) -> Checked[Path]:
    """A face by its path, or one of the ``shipped`` by name."""
    if leaf.raw.lower().endswith(_SUFFIXES):
        return _file(leaf, FONTS, folders)
    if leaf.raw in shipped:
        return Checked(shipped[leaf.raw])
    hint = nearest(leaf.raw, tuple(shipped)) + "; a face of your own is a path that ends in .ttf, .otf, .ttc or .otc"
    return Checked(None, (error("font-missing", f"no face is called {leaf.raw!r}", leaf.span, hint),))


def _file(leaf: Leaf, shipped: Path, folders: Sequence[Path]) -> Checked[Path]:
    """A shipped file by its bare name, else a path relative to the file where it is written."""
    if Path(leaf.raw).name == leaf.raw and (shipped / leaf.raw).is_file():
        return Checked(shipped / leaf.raw)
    base = Path(leaf.span.path).parent if leaf.span.path else folders[0]
    return find_inside(leaf.raw, base, (base, *folders), leaf.span)
