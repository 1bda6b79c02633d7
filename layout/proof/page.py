"""One page's proof: its folder of pictures, made in two steps, and what they tell."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from layout.proof.folder import write_facts, write_sheet_facts
from layout.proof.model import Printed
from layout.proof.plates import separating
from layout.proof.raster import give_back, medium, opened, write_levels, write_quick
from layout.proof.screen import serve
from layout.proof.separated import Judge, write_separated
from layout.proof.stock import Stock

_MANY: Final = 1_000_000
"""Pixels of pictures that are not to be decoded for more strips than memory asks for."""


def make_quick(page: Printed, folder: Path, stock: Stock) -> None:
    """The low picture that can be shown until ``make_pictures`` is done. Raises OSError when the disk refuses it."""
    folder.mkdir(parents=True, exist_ok=True)
    with opened(page.pdf) as document:
        sheet = document[0]
        stock.serve(sheet)
        write_quick(sheet, folder)
        write_sheet_facts(folder, medium(sheet))


def make_pictures(page: Printed, folder: Path, *, judge: Judge = lambda _: []) -> None:
    """All pictures of a page and its facts, by this process alone. Raises OSError.

    A program separates the page while pdfium draws it.
    """
    with separating(page.pdf, page.profile) as separation:
        make_levels(page, folder)
        write_facts(folder, write_separated(page, separation.done(), folder, judge))


def make_levels(page: Printed, folder: Path, *, threads: int = 1, cache: Path | None = None) -> None:
    """The page's tiles in its folder; with several ``threads`` one draws while the others write. Raises OSError.

    With a folder ``cache`` photographs in the colours of the screen are kept from one proof to the next.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with opened(page.pdf) as document:
        sheet = document[0]
        write_sheet_facts(folder, medium(sheet))
        high = serve(sheet, page.photographs, cache) > _MANY
        with ThreadPoolExecutor(threads - 1) if threads > 1 else nullcontext() as pool:
            write_levels(sheet, folder, pool, high=high)
    give_back()
