"""One page's proof: its folder of pictures, made in two steps, and what they tell."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageCms

from layout.proof import ink as inks
from layout.proof.model import ProofPage
from layout.proof.plates import RESOLUTION, process_image, separating
from layout.proof.raster import BASE, LEVELS, TILE, Medium, medium, opened, whole, write_levels, write_quick
from layout.proof.softproof import approximate, soft_proof

FACTS: Final = "facts.json"
"""What the pictures tell. It is written last: a folder that has it is complete."""
READING: Final = 2
"""The inks under the pointer are means of so many plate pixels each way."""
_VERSION: Final = 2  # of what a folder holds
_PLATE_QUALITY: Final = 90


def page_key(page: ProofPage) -> str:
    """The name of the page's folder: another page, press or version of the proof has another."""
    recipe = repr((_VERSION, page.ink_limit, page.press, LEVELS, TILE, RESOLUTION)).encode()
    return f"{page.folio:02d}-{hashlib.sha256(recipe + page.pdf).hexdigest()[:12]}"


def make_quick(page: ProofPage, folder: Path) -> None:
    """The low picture that can be shown until ``make_pictures`` is done. Raises OSError when the disk refuses it."""
    folder.mkdir(parents=True, exist_ok=True)
    with opened(page.pdf) as document:
        write_quick(document[0], folder)


def make_pictures(page: ProofPage, folder: Path, *, threads: int = 1) -> None:
    """All pictures of a page and its facts; Ghostscript separates while pdfium draws. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        separating(page.pdf) as separation,
        opened(page.pdf) as document,
        ThreadPoolExecutor(threads) as pool,
    ):
        sheet = document[0]
        write_levels(sheet, folder, pool)
        plates = separation.plates()
        rough = None if plates else whole(sheet, RESOLUTION)
        soft = pool.submit(_write_soft, page, plates, rough, folder)
        facts = _plate_facts(page, medium(sheet), plates, folder) if plates else {}
        facts |= {"soft": soft.result(), "exact": bool(plates)}
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


def is_complete(folder: Path) -> bool:
    """Whether a page's folder holds everything."""
    return (folder / FACTS).is_file()


def page_facts(folder: Path) -> dict[str, Any]:
    """What ``make_pictures`` found out; empty as long as it is not done."""
    if not is_complete(folder):
        return {}
    facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return facts


def sheet_facts(page: ProofPage) -> dict[str, Any]:
    """How the pictures lie: the medium in points, the trim on it, tiles and resolutions."""
    with opened(page.pdf) as document:
        at = medium(document[0])
    return {
        "medium": [at.width, at.height],
        "origin": [at.trim.x, at.trim.y],
        "levels": sorted(LEVELS),
        "base": BASE,
        "tile": TILE,
    }


def _write_soft(page: ProofPage, plates: Mapping[str, Image.Image], rough: Image.Image | None, folder: Path) -> bool:
    """Write the soft proof; False when the press profile does not serve, which is told elsewhere."""
    try:
        if rough is not None:
            made = approximate(rough, page.profile)
        else:
            made = soft_proof(process_image(plates), page.profile)
    except ImageCms.PyCMSError:
        return False
    made.save(folder / "soft.jpg", quality=_PLATE_QUALITY)
    return True


def _plate_facts(page: ProofPage, at: Medium, plates: Mapping[str, Image.Image], folder: Path) -> dict[str, Any]:
    """Write plates, ink map and the values for the pointer; tell names, files and the facts of ink."""
    size = next(iter(plates.values())).size
    box = inks.box_of(at.trim, RESOLUTION, size)
    listed = []
    for nth, (name, plate) in enumerate(plates.items()):
        plate.point(_INVERTED).save(folder / f"plate-{nth}.jpg", quality=_PLATE_QUALITY)
        used = plate.crop(box).histogram()
        listed.append({"name": name, "share": round(sum(v * n for v, n in enumerate(used)) / 255 / sum(used), 4)})
    sums = inks.total(list(plates.values()), box)
    inks.heat(sums, page.ink_limit).save(folder / "ink.png", compress_level=3)
    found = inks.measure(sums, resolution=RESOLUTION, limit=page.ink_limit)
    _write_readings(plates, folder)
    return {
        "plates": listed,
        "ink": {
            "largest": round(found.largest, 3),
            "at": [round(found.place.x, 1), round(found.place.y, 1)],
            "mean": round(found.mean, 3),
            "over": found.over,
            "legend": inks.legend(page.ink_limit),
        },
    }


_INVERTED: Final = [255 - value for value in range(256)]


def _write_readings(plates: Mapping[str, Image.Image], folder: Path) -> None:
    """The plates one under the other as a picture inside a script: a page opened from disk may read its pixels."""
    small = [plate.reduce(READING) for plate in plates.values()]
    width, height = small[0].size
    stack = Image.new("L", (width, height * len(small)))
    for nth, plate in enumerate(small):
        stack.paste(plate, (0, nth * height))
    data = BytesIO()
    stack.save(data, "PNG", compress_level=1)
    facts = {"width": width, "height": height, "resolution": RESOLUTION / READING}
    picture = f"data:image/png;base64,{b64encode(data.getvalue()).decode()}"
    script = f"PROOF_INKS({json.dumps(folder.name)}, {json.dumps(facts)}, {json.dumps(picture)});\n"
    (folder / "inks.js").write_text(script, encoding="utf-8")
