"""Total ink: how much the four plates lay on one spot, and how to keep it under the press's limit."""

from typing import Any

from PIL import Image, ImageChops, ImageMath

SOLID = 255
"""One full ink in an 8-bit sample."""


def stays_below(image: Image.Image, limit: float) -> bool:
    """Whether no pixel's total comes near ``limit`` (within 1 %): a quick look in 8 bits."""
    cyan, magenta, yellow, black = image.split()
    halves = ImageChops.add(cyan, magenta, 2), ImageChops.add(yellow, black, 2)
    excess = ImageChops.add(*halves, 1, 2 - int(limit * SOLID / 2))
    return excess.getextrema() == (0, 0)


def greatest(image: Image.Image) -> float:
    """The most ink on any pixel (2.4 for 240 %). ``image`` is CMYK."""
    cyan, magenta, yellow, black = image.split()
    total = ImageMath.lambda_eval(
        lambda plate: plate["c"] + plate["m"] + plate["y"] + plate["k"], c=cyan, m=magenta, y=yellow, k=black
    )
    most: int = total.getextrema()[1]
    return most / SOLID


def share_above(image: Image.Image, limit: float) -> float:
    """The share of pixels (0..1) whose four inks together exceed ``limit`` (2.4 for 240 %). ``image`` is CMYK."""
    cyan, magenta, yellow, black = image.split()
    over = ImageMath.lambda_eval(
        lambda plate: (plate["c"] + plate["m"] + plate["y"] + plate["k"]) > plate["limit"],
        c=cyan,
        m=magenta,
        y=yellow,
        k=black,
        limit=int(limit * SOLID),
    )
    count: int = over.convert("L").histogram()[1]
    return count / (image.width * image.height)


def hold(image: Image.Image, limit: float) -> Image.Image:
    """The picture with no pixel above ``limit``: the chromatic inks give way in proportion, black stays."""
    *chromatic, black = image.split()
    share = ImageMath.lambda_eval(_share, c=chromatic[0], m=chromatic[1], y=chromatic[2], k=black, limit=limit * SOLID)
    held = [_scaled(plate, share) for plate in chromatic]
    return Image.merge("CMYK", (*held, black))


def _share(plate: dict[str, Any]) -> Any:
    room = plate["max"](plate["limit"] - plate["float"](plate["k"]), 0.0)
    return plate["min"](room / plate["max"](plate["float"](plate["c"] + plate["m"] + plate["y"]), 1.0), 1.0)


def _scaled(plate: Image.Image, share: Image.Image) -> Image.Image:
    scaled = ImageMath.lambda_eval(
        lambda value: value["int"](value["plate"] * value["share"]), plate=plate, share=share
    )
    result: Image.Image = scaled.convert("L")
    return result
