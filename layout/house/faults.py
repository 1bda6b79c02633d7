"""What a valid house style can still get wrong: names that stand for nothing, templates, and geometry."""

from collections.abc import Iterator, Sequence

from layout.core import EPSILON, Diagnostic, error, fits
from layout.house.layers import HERE
from layout.house.model import House
from layout.house.spread import half_width
from layout.house.template import FIELDS, TemplateError, parse_template
from layout.source import Leaf, Node, Schema, Table, leaves, nearest, placed


def name_faults(schema: Schema, house: Table) -> tuple[Diagnostic, ...]:
    """Names of inks, rules, faces and roles that the house does not define; templates that cannot be read.

    What a name must be one of is said by the schema's ``names``. Codes: unknown-name, bad-template.
    """
    found: list[Diagnostic] = []
    for rule, leaf in leaves(schema, house):
        known = house.get(rule.get("names", ""))
        if isinstance(known, Table) and leaf.value is not None and leaf.raw not in known.entries:
            message = f"{leaf.raw!r} is not in `{rule['names']}`"
            found.append(error("unknown-name", message, leaf.span, nearest(leaf.raw, tuple(known.entries))))
        if rule.get("format") == "template":
            found.extend(_template_faults(leaf))
    return tuple(dict.fromkeys(found))


def _template_faults(leaf: Leaf) -> Iterator[Diagnostic]:
    try:
        parse_template(leaf.raw)
    except TemplateError as fault:
        place = placed(leaf).at(fault.offset)
        yield error("bad-template", str(fault), place, f"fields: {', '.join(FIELDS)}; {{{{ and }}}} are braces")


def geometry_faults(house: House, table: Table) -> tuple[Diagnostic, ...]:
    """Measures that contradict each other, each told at the setting that the user wrote. Code bad-geometry."""
    return (*_geometry(house, table), *_spread(house, table))


def _geometry(house: House, table: Table) -> Iterator[Diagnostic]:
    grid, trim, marks, press = house.grid, house.trim, house.marks, house.press
    if grid.margins.left < 0 or grid.margins.right < 0:
        message = f"the type area is {grid.width:.1f} pt wide and does not fit the trim, {trim.width:.1f} pt"
        yield _fault(
            message, table, ("grid.columns", "grid.characters", "grid.size", "grid.margins.left", "trim.width")
        )
    if grid.margins.bottom < 0:
        height = trim.height - grid.margins.top - grid.margins.bottom
        message = f"the type area is {height:.1f} pt high and does not fit the trim, {trim.height:.1f} pt"
        yield _fault(message, table, ("grid.lines", "grid.pitch", "grid.margins.top", "trim.height"))
    if not fits(grid.size, grid.pitch):
        yield _fault("lines overlap: the pitch is less than the size", table, ("grid.pitch", "grid.size"))
    pitch = house.vertical.pitch
    if pitch is not None and not fits(house.styles["body"].size, pitch):
        yield _fault(
            "vertical lines overlap: the pitch is less than the size", table, ("vertical.pitch", "styles.body.size")
        )
    for name in ("folio_offset", "rule_offset"):
        if not fits(getattr(house.furniture, name), grid.margins.top):
            yield _fault("the folio line stands above the trim", table, (f"furniture.{name}", "grid.margins.top"))
    if marks.crop and not fits(marks.offset + marks.length, house.bleed + marks.margin):
        yield _fault("crop marks run over the paper's edge", table, ("marks.margin", "marks.length", "marks.offset"))
    for name, ink in house.palette.items():
        if ink.coverage > press.ink_limit + EPSILON:
            message = f"{name} lays {ink.coverage * 100:g} % of ink, the press takes {press.ink_limit * 100:g} %"
            yield _fault(message, table, (f"palette.{name}", "press"))
    if not press.resolution_min <= press.resolution_warn <= press.resolution:
        message = "resolutions must rise: resolution_min, resolution_warn, resolution"
        yield _fault(message, table, ("press.resolution_min", "press.resolution_warn", "press.resolution"))


def _spread(house: House, table: Table) -> Iterator[Diagnostic]:
    grid, spread = house.grid, house.spread
    if half_width(grid, house.trim.width, spread.gutter) < grid.columns * (1 + grid.gutter) * grid.size:
        message = "the columns of a spread do not fit beside its fold"
        yield _fault(message, table, ("spread.gutter", "grid.margins.left", "trim.width"))
    if spread.overlap > house.bleed + EPSILON:
        message = "the halves of a spread run on over the fold further than their bleed"
        yield _fault(message, table, ("spread.overlap", "bleed"))


def _fault(message: str, table: Table, settings: Sequence[str]) -> Diagnostic:
    """The fault at the first of the settings that does not come from a built-in style, else at the first."""
    nodes = [node for node in (_at(table, setting) for setting in settings) if node is not None]
    own = next((node for node in nodes if not node.span.path.startswith(str(HERE))), nodes[0])
    return error("bad-geometry", message, own.span, f"see {', '.join(settings)}")


def _at(table: Table, setting: str) -> Node | None:
    node: Node | None = table
    for key in setting.split("."):
        node = node.get(key) if isinstance(node, Table) else None
    return node
