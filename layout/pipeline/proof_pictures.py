"""The costly half of a page's proof, which needs nothing but its PDF: pictures, plates, the judgement of its ink."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from layout.core import MM, Rect
from layout.pipeline.workers import outcome
from layout.proof import Fault, Printed, fault_record
from layout.proof.folder import PLATES, write_facts

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from layout.preflight import Finding, Profile
    from layout.proof.ink import Ink

_NEWSPRINT: Final = 2.6
"""No newsprint takes more ink than this (ISO 12647-3), and no condition for coated paper asks for less."""
_INK: Final = ("ink-limit", "ink-high", "ink-square")
_NEAR: Final = 0.2  # ink below the limit that is worth a note
_SIZE_LEAST: Final = 6.0  # points: what has no size of its own can be seen and clicked


def warm_up() -> None:
    """Load what the pictures need, in a process that waits for the page anyway or before it divides into several."""
    import layout.preflight
    import layout.proof.page  # noqa: F401 - loading is the purpose


def draw_pictures(printed: Printed, folder: Path) -> None:
    """Make all pictures of a page and judge its ink. Raises OSError."""
    with drawing(printed, folder):
        pass


@contextmanager
def drawing(printed: Printed, folder: Path, *, drawer: "Executor | None" = None, threads: int = 1) -> Iterator[None]:
    """Draw a page while the block runs, and complete its folder at the block's end. Raises OSError.

    ``drawer``, a process, makes the tiles with so many ``threads``; without one they are made here, before the block,
    by one: other processes draw other pages then, and memory is dearer than threads. The
    plates are an outside program's work meanwhile; what they tell is written here.
    """
    from layout.proof.plates import separating

    levels = drawer.submit(_levels, printed, folder, threads) if drawer else None
    with separating(printed.pdf, printed.profile) as separation:
        if levels is None:
            _levels(printed, folder, 1)
        yield
        from layout.proof.separated import write_separated

        facts = write_separated(printed, separation, folder, partial(judged, printed))
        if levels is not None:
            outcome(levels)
    write_facts(folder, facts)


def _levels(printed: Printed, folder: Path, threads: int) -> None:
    from layout.proof.page import make_levels

    make_levels(printed, folder, threads=threads)


def judged(printed: Printed, ink: "Ink | None") -> list[dict[str, Any]]:
    """What the preflight says of the ink as measured on the page's own plates, as records for the browser.

    The rest of the file is judged where the page is written.
    """
    from layout.preflight import Coverage, Place, preflight

    if ink is None:
        return []
    peak, middle = (Place(round(at.x / MM, 1), round(at.y / MM, 1)) for at in (ink.place, ink.mean_place))
    measured = Coverage(
        1, "the proof's plates", PLATES, printed.ink_limit, ink.largest, peak, ink.over, ink.mean, middle
    )
    profile = _profile(printed.ink_limit)
    result = preflight(
        printed.pdf, profile=profile, standard=printed.standard, ink=False, measured=(measured,), content=False
    )
    return [fault_record(_fault(found)) for found in result.findings if found.code in _INK]


def _profile(ink_limit: float) -> "Profile":
    """The rules for a paper that takes so much ink."""
    from layout.preflight import PROFILES

    profile = PROFILES["house" if ink_limit <= _NEWSPRINT else "coated"]
    limits = replace(profile.limits, ink_pixel=ink_limit, ink_high=ink_limit - _NEAR, ink_square=ink_limit + 0.05)
    return replace(profile, limits=limits)


def _fault(found: "Finding") -> Fault:
    rect = None
    if found.place is not None:
        x, y, width, height = (
            length * MM for length in (found.place.x, found.place.y, found.place.width, found.place.height)
        )
        rect = Rect(x, y, max(width, _SIZE_LEAST), max(height, _SIZE_LEAST))
    message = found.message.encode("utf-8", "backslashreplace").decode()  # names in a file may be no UTF-8
    where = f"{found.place.x:g}, {found.place.y:g} mm" if found.place else ""
    return Fault(str(found.severity), found.code, message, found.hint, where, "", rect, rule=found.source)
