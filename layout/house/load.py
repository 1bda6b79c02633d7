"""Reading a house style: layers, schema, names, files, geometry, and then one frozen ``House``."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from layout.core import NOWHERE, Checked, Insets, Pt, Span, has_errors, parse_length
from layout.core.units import NEWSPAPER_SIZES, OFFICE_SIZES
from layout.house.assets import face_chains, press_profile
from layout.house.faults import geometry_faults, name_faults
from layout.house.layers import HERE, expand, lay_overrides, read_layers
from layout.house.model import FaceRef, House
from layout.house.palette import palette_faults, read_palette
from layout.source import Leaf, Node, Table, build, convert, partial, validate

_LIKE: Final = {"table": "caption", "table-head": "table", "table-title": "table-head", "table-note": "table"}
"""What may be left out of a house style that stands alone, and which style it then is, in this order."""

_LONGEST: Final = 10_000  # points, 3.5 m


def load_house(
    name_or_path: str,
    *,
    overrides: Sequence[tuple[Mapping[str, Any] | Node, Span]] = (),
    root: Path | None = None,
    allowed: Sequence[Path] = (),
    span: Span = NOWHERE,
) -> Checked[House]:
    """A house style by built-in name or by path, with ``overrides`` laid over it, outermost first.

    ``root`` is the folder that paths are relative to; with it, files must lie in it or in ``allowed``, or beside the
    house style itself. Without it, paths are the caller's own and are relative to the working folder. ``span`` is
    where the style was named. Every fault is told at the place where it was written.
    """
    folders = () if root is None else (root, *allowed)
    read = read_layers(name_or_path, base=root or Path(), folders=folders, span=span)
    if read.value is None:
        return Checked(None, read.diagnostics)
    laid = lay_overrides(read.value, overrides)
    written = expand(laid.value) if laid.value is not None else laid
    if written.value is None:
        return Checked(None, (*laid.diagnostics, *written.diagnostics))
    schema, lengths = _schema(), _Lengths(written.value)
    formats = {"length": lengths.is_length, "size": lengths.is_size}
    faults = (
        *laid.diagnostics,
        *validate(schema, written.value, formats),
        *name_faults(schema, written.value),
    )
    if has_errors(faults):
        return Checked(None, tuple(sorted(faults, key=lambda one: one.span)))
    values = convert(schema, written.value, length=lengths.points)
    return _house(written.value, values, folders or (Path(),))


def house_schema() -> dict[str, Any]:
    """The JSON Schema of a house style file, or of the settings in an issue.

    Everything is optional: what is left out comes from the style underneath.
    """
    return partial(_schema())


def _schema() -> dict[str, Any]:
    """The schema of a finished house style: everything that must be known in the end is required."""
    schema: dict[str, Any] = json.loads((HERE / "schema.json").read_text("utf-8"))
    return schema


def _house(table: Table, values: dict[str, Any], folders: Sequence[Path]) -> Checked[House]:
    """The house style of a table that satisfies the schema."""
    chains, profile = face_chains(table, folders), press_profile(table, folders)
    palette = table.get("palette")
    assert isinstance(palette, Table)
    inks = palette_faults(values["palette"], palette)
    if chains.value is None or profile.value is None or inks:
        return Checked(None, (*chains.diagnostics, *profile.diagnostics, *inks))
    house = build(House, {**_finished(values, chains.value, profile.value), "places": _places(table)})
    faults = geometry_faults(house, table)
    return Checked(None if faults else house, faults)


def _finished(
    values: dict[str, Any], chains: dict[str, tuple[FaceRef, ...]], profile: tuple[Path, Span]
) -> dict[str, Any]:
    """The values of the file with what only the whole decides: margins, inks, faces, the profile's path."""
    press = values["press"]
    return {
        **values,
        "styles": _styles(values["styles"]),
        "grid": {**values["grid"], "margins": _margins(values)},
        "faces": chains,
        "palette": read_palette(values["palette"], spots=press["spots"], grey=press.get("grey", False)),
        "press": {**press, "registry": press["registry"] or "", "profile": profile[0], "span": profile[1]},
    }


def _styles(written: dict[str, Any]) -> dict[str, Any]:
    """The styles, those of tables that a house style does not give being as others of its own."""
    styles = dict(written)
    for name, like in _LIKE.items():
        styles.setdefault(name, styles[like])
    return styles


def _places(table: Table) -> dict[str, Span]:
    """Where the user wrote inks, styles and rules."""
    found: dict[str, Span] = {}
    for section, deep in (("palette", False), ("styles", True), ("rules", False)):
        inner = table.get(section)
        for name, entry in inner.entries.items() if isinstance(inner, Table) else ():
            found[f"{section}.{name}"] = entry.span
            settings = entry.node.entries if deep and isinstance(entry.node, Table) else {}
            found |= {f"{section}.{name}.{key}": one.span for key, one in settings.items()}
    return {setting: span for setting, span in found.items() if not span.path.startswith(str(HERE))}


def _margins(values: dict[str, Any]) -> Insets:
    """What lies round the type area: centred when the left margin is left out; right and lower edge follow."""
    grid, trim = values["grid"], values["trim"]
    width = (grid["columns"] * grid["characters"] + (grid["columns"] - 1) * grid["gutter"]) * grid["size"]
    height = (grid["lines"] - 1) * grid["pitch"] + grid["size"]
    left = grid["margins"].get("left", (trim["width"] - width) / 2)
    top = grid["margins"]["top"]
    return Insets(top=top, right=trim["width"] - width - left, bottom=trim["height"] - height - top, left=left)


class _Lengths:
    """Reads lengths by the size table that the house style chose."""

    def __init__(self, table: Table) -> None:
        chosen = table.get("sizes")
        office = isinstance(chosen, Leaf) and chosen.raw == "office"
        self.sizes = OFFICE_SIZES if office else NEWSPAPER_SIZES

    def points(self, value: float | str) -> Pt:
        """A length in points. Raises ValueError."""
        return parse_length(value, sizes=self.sizes)

    def is_length(self, text: str) -> bool:
        """Whether a text is a length that is not negative."""
        try:
            return 0 <= self.points(text) <= _LONGEST
        except ValueError:
            return False

    def is_size(self, text: str) -> bool:
        """Whether a text is a length above 0."""
        return self.is_length(text) and self.points(text) > 0
