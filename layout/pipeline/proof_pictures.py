"""The costly half of a page's proof, which needs nothing but its PDF: pictures, plates, the judgement of its ink."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from layout.core import MM, Rect
from layout.house.model import Press
from layout.pipeline.verdict import examine
from layout.pipeline.workers import outcome
from layout.proof import Fault, Printed, fault_record
from layout.proof.folder import PLATES, Facts, write_facts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from layout.preflight import Finding, Profile
    from layout.proof.ink import Ink
    from layout.proof.plates import Separated

_NEWSPRINT: Final = 2.6
"""No newsprint takes more ink than this (ISO 12647-3), and no condition for coated paper asks for less."""
_INK: Final = ("ink-limit", "ink-high", "ink-square")
_NEAR: Final = 0.2  # ink below the limit that is worth a note
_SIZE_LEAST: Final = 6.0  # points: what has no size of its own can be seen and clicked


class Helpers(Struct, frozen=True):
    """Two processes beside this one, for a page by itself: one draws it, one judges it and its inks."""

    drawer: "Executor"
    judge: "Executor"

    def start(self) -> None:
        """Have them load what they need."""
        self.drawer.submit(_load_drawing)
        self.judge.submit(_load_judging)

    def expect(self, press: Press) -> None:
        """Have ready what a page for this press needs."""
        self.judge.submit(_load_inks, press.profile)

    def foresee(self, jpegs: "Sequence[bytes]", cache: Path | None) -> None:
        """Turn photographs in four inks into screen colours, before the page with them is there."""
        self.drawer.submit(_make_ready, jpegs, cache)

    def examine(self, data: bytes, profile: str, press: Press, standard: str) -> "tuple[Finding, ...]":
        """Preflight a page, as ``verdict.examine`` does. Raises OSError."""
        return outcome(self.judge.submit(examine, data, profile, press, standard))

    def end(self) -> None:
        """Send them home: other processes draw."""
        self.drawer.shutdown(wait=False)
        self.judge.shutdown(wait=False)


def warm_up() -> None:
    """Load what the pictures need, in a process before it divides into several."""
    _load_drawing()
    _load_judging()


def _load_drawing() -> None:
    import layout.proof.page  # noqa: F401 - loading is the purpose


def _load_judging() -> None:
    import layout.preflight
    import layout.proof.separated  # noqa: F401 - loading is the purpose


def _load_inks(profile: Path) -> None:
    from layout.proof.softproof import warm_up

    warm_up(profile)


def _make_ready(jpegs: "Sequence[bytes]", cache: Path | None) -> None:
    from layout.proof.screen import make_ready

    make_ready(jpegs, cache)


def draw_pictures(printed: Printed, folder: Path, cache: Path | None = None) -> None:
    """Make all pictures of a page and judge its ink. Raises OSError.

    ``cache`` keeps photographs in the colours of the screen.
    """
    with drawing(printed, folder, cache=cache):
        pass


@contextmanager
def drawing(
    printed: Printed, folder: Path, *, helpers: Helpers | None = None, threads: int = 1, cache: Path | None = None
) -> Iterator[None]:
    """Draw a page while the block runs, and complete its folder at the block's end. Raises OSError.

    Of the ``helpers`` one makes the tiles, with so many ``threads``; the plates are an outside program's work
    meanwhile, and what they tell the other helper's. Without them all is made here, the tiles before the block, by one
    thread: other processes draw other pages then, and memory is dearer than threads. ``cache`` is that of
    ``draw_pictures``.
    """
    from layout.proof.plates import separating

    levels = helpers.drawer.submit(_levels, printed, folder, threads, cache) if helpers else None
    with separating(printed.pdf, printed.profile) as separation:
        if levels is None:
            _levels(printed, folder, 1, cache)
        yield
        separated = separation.done()
        if helpers is None:
            facts = _inks(printed, separated, folder)
        else:
            facts = outcome(helpers.judge.submit(_inks, printed, separated, folder))
        if levels is not None:
            outcome(levels)
    write_facts(folder, facts)


def _levels(printed: Printed, folder: Path, threads: int, cache: Path | None) -> None:
    from layout.proof.page import make_levels

    make_levels(printed, folder, threads=threads, cache=cache)


def _inks(printed: Printed, separated: "Separated", folder: Path) -> Facts:
    from layout.proof.separated import write_separated

    return write_separated(printed, separated, folder, partial(judged, printed))


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
    rules, standard = _profile(printed.ink_limit), printed.standard
    result = preflight(
        printed.pdf, profile=rules, standard=standard, ink=False, measured=(measured,), content=False, plain=True
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
