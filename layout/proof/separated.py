"""What a page's plates tell, written for the browser: plates, soft proof, ink map, the values under the pointer."""

import json
import zlib
from base64 import b64encode
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias

from PIL import Image, ImageChops, ImageCms

from layout.core import Point
from layout.proof import ink as inks
from layout.proof.folder import PLATES, Facts
from layout.proof.ink import Ink
from layout.proof.model import Printed
from layout.proof.plates import Separated
from layout.proof.separations import Plate, process_image
from layout.proof.softproof import approximate, soft_proof

READING: Final = 2
"""The inks under the pointer are means of so many plate pixels each way."""
_PLATE_QUALITY: Final = 90
_PNG: Final[dict[str, Any]] = {"compress_level": 1, "compress_type": zlib.Z_RLE}
"""Plates are runs of paper and of solids: looking for runs alone takes less time and no more room."""


Judge: TypeAlias = Callable[[Ink | None], list[Facts]]
"""Judges the page, given its ink where that was measured; what it finds becomes the fact ``preflight``."""


def write_separated(page: Printed, separated: Separated, folder: Path, judge: Judge) -> Facts:
    """Write what the plates tell; the facts. Without plates the soft proof is approximate.

    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plates = separated.plates()
    if not plates:
        return {"exact": False, "preflight": judge(None), "soft": _write_soft(partial(_unseparated, page), folder)}
    with ThreadPoolExecutor(1) as aside:  # colours are a third of the work, and LittleCMS needs no interpreter
        soft = aside.submit(_write_soft, lambda: soft_proof(process_image(plates), page.profile), folder)
        box = inks.box_of(page.at, PLATES, plates[0].image.size)
        found = _write_ink(plates, box, page.ink_limit, folder)
        _write_readings(plates, folder)
        return {
            "exact": True,
            "by": separated.by,
            "plates": [_write_plate(plate, box, folder / f"plate-{nth}.jpg") for nth, plate in enumerate(plates)],
            "ink": _ink_facts(found, page.ink_limit),
            "soft": soft.result(),
            "preflight": judge(found),
        }


def _write_ink(plates: Sequence[Plate], box: tuple[int, int, int, int], limit: float, folder: Path) -> Ink:
    """Write the ink map of the trim; what it tells."""
    trim = [plate.image.crop(box) for plate in plates]
    sums = inks.total(trim)
    inks.heat(sums, limit).save(folder / "ink.png", **_PNG)
    return inks.measure(trim, sums, resolution=PLATES, limit=limit)


def _write_soft(make: Callable[[], Image.Image], folder: Path) -> bool:
    """Write the soft proof; False when the press profile does not serve, which is told elsewhere."""
    try:
        made = make()
    except ImageCms.PyCMSError:
        return False
    made.save(folder / "soft.jpg", quality=_PLATE_QUALITY)
    return True


def _unseparated(page: Printed) -> Image.Image:
    """The soft proof of a page for whose plates there is no program, by pdfium."""
    from layout.proof.raster import opened, whole

    with opened(page.pdf) as document:
        return approximate(whole(document[0], PLATES), page.profile)


def _ink_facts(found: Ink, limit: float) -> Facts:
    return {
        "largest": round(found.largest, 3),
        "at": [round(found.place.x, 1), round(found.place.y, 1)],
        "mean": round(found.mean, 3),
        "square": [round(each, 1) for each in _square(found.mean_place)],
        "over": found.over,
        "legend": inks.legend(limit),
    }


def _square(middle: Point) -> tuple[float, float, float, float]:
    return middle.x - inks.SQUARE / 2, middle.y - inks.SQUARE / 2, inks.SQUARE, inks.SQUARE


def _write_plate(plate: Plate, trim: tuple[int, int, int, int], path: Path) -> Facts:
    """Write a plate as it looks, ink dark; its name, its share of the trim, what a solid looks like in CMYK."""
    ImageChops.invert(plate.image).save(path, quality=_PLATE_QUALITY)
    used = plate.image.crop(trim).histogram()
    share = sum(value * count for value, count in enumerate(used)) / 255 / sum(used)
    return {"name": plate.name, "share": round(share, 4), "colour": [round(each, 3) for each in plate.likeness]}


def _write_readings(plates: Sequence[Plate], folder: Path) -> None:
    """The plates one under the other as a picture inside a script: a page opened from disk may read its pixels."""
    small = [plate.image.reduce(READING) for plate in plates]
    width, height = small[0].size
    stack = Image.new("L", (width, height * len(small)))
    for nth, plate in enumerate(small):
        stack.paste(plate, (0, nth * height))
    data = BytesIO()
    stack.save(data, "PNG", **_PNG)
    facts = {"width": width, "height": height, "resolution": PLATES / READING}
    picture = f"data:image/png;base64,{b64encode(data.getvalue()).decode()}"
    script = f"PROOF_INKS({json.dumps(folder.name)}, {json.dumps(facts)}, {json.dumps(picture)});\n"
    (folder / "inks.js").write_text(script, encoding="utf-8")
