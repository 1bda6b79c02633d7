"""Pictures: their resolution as printed."""

from collections.abc import Iterator

from layout.preflight.checks.case import Case, Found
from layout.preflight.model import Image


def coarse(case: Case) -> Iterator[Found]:
    """A picture with so few pixels shows them as squares."""
    for one in _tones(case):
        if one.ppi <= case.limits.image_coarse:
            yield _found(one)


def low(case: Case) -> Iterator[Found]:
    """A picture below one and a half pixels for each line of the screen is soft."""
    for one in _tones(case):
        if case.limits.image_coarse < one.ppi <= case.limits.image_low:
            yield _found(one)


def fine(case: Case) -> Iterator[Found]:
    """Pixels that the screen cannot show only make the file larger and the RIP slower."""
    for one in _tones(case):
        if one.ppi > case.limits.image_fine:
            yield _found(one)


def bitmap_coarse(case: Case) -> Iterator[Found]:
    """Line art has no grey to soften its steps: it needs many more pixels than a photograph."""
    for one in _bitmaps(case):
        if one.ppi <= case.limits.bitmap_coarse:
            yield _found(one)


def bitmap_low(case: Case) -> Iterator[Found]:
    """Line art of this resolution shows its steps in slanting edges."""
    for one in _bitmaps(case):
        if case.limits.bitmap_coarse < one.ppi <= case.limits.bitmap_low:
            yield _found(one)


def picture_page_coarse(case: Case) -> Iterator[Found]:
    """A page that is one picture has its text in pixels too; so few cannot be read."""
    for one in _pages(case):
        if one.ppi <= case.limits.picture_page_coarse:
            yield _found(one)


def picture_page(case: Case) -> Iterator[Found]:
    """A page that is one picture has its text in pixels too: it is soft and out of all inks."""
    for one in _pages(case):
        if case.limits.picture_page_coarse < one.ppi <= case.limits.picture_page_low:
            yield _found(one)


def gray_overprint(case: Case) -> Iterator[Found]:
    """Whether a picture in DeviceGray overprints depends on the RIP."""
    for one in case.facts.images:
        if one.printed and one.overprints and one.space and one.space.family == "DeviceGray":
            yield Found("a picture in DeviceGray overprints", one.page, one.place)


def _judged(case: Case) -> Iterator[Image]:
    for one in case.facts.images:
        if one.printed and one.width * one.height > case.limits.image_exempt:
            yield one


def _tones(case: Case) -> Iterator[Image]:
    return (one for one in _judged(case) if one.bits > 1 and not one.covers)


def _bitmaps(case: Case) -> Iterator[Image]:
    return (one for one in _judged(case) if one.bits == 1 and not one.covers)


def _pages(case: Case) -> Iterator[Image]:
    return (one for one in _judged(case) if one.covers)


def _found(one: Image) -> Found:
    times = f", {one.count} times" if one.count > 1 else ""
    return Found(f"a picture of {one.width} x {one.height} pixels at {one.ppi:.0f} ppi{times}", one.page, one.place)
