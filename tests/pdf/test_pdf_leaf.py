"""Pages drawn once: taken over into another file as they are, and from one build to the next."""

import pikepdf
import pytest
from msgspec.structs import replace
from pdf_samples import (
    ALL_MARKS,
    DAY,
    PRESS,
    busy_page,
    cmap,
    document_of,
    face,
    faces_of,
    glyphs_on,
    hand_run,
    opened,
    page_of,
    set_run,
    written,
)

from layout.display import DisplayPage, Picture
from layout.fonts import Face
from layout.images import PressPicture
from layout.pdf import Leaf, PressFile, unpacked, write_leaves, write_page

TITLE = "试验报"


def page_file(page: DisplayPage, pictures: dict[Picture, PressPicture] | None = None) -> PressFile:
    faces = faces_of(document_of(page))
    return write_page(page, TITLE, DAY, faces=faces, pictures=pictures or {}, press=PRESS, marks=ALL_MARKS)


def leaf_of(file: PressFile) -> Leaf:
    leaf = unpacked(file.leaf, file.data)
    assert leaf is not None
    return leaf


def joined(*files: PressFile, faces: dict[str, Face]) -> bytes:
    return write_leaves([leaf_of(file) for file in files], TITLE, DAY, faces=faces, press=PRESS)


def test_a_file_of_leaves_is_the_file_of_their_pages() -> None:
    first, pictures = busy_page()
    second = page_of(set_run("另一版，另一些字", 40, 60), folio=2)
    document = document_of(first, second, title=TITLE)
    files = page_file(first, pictures), page_file(second)
    whole = joined(*files, faces=faces_of(document))
    assert whole == written(document, pictures=pictures, marks=ALL_MARKS)
    assert joined(files[0], faces=faces_of(document)) == files[0].data


def test_pages_are_taken_over_byte_for_byte() -> None:
    first, pictures = busy_page()
    pages = first, page_of(set_run("另一版", 40, 60), *first.items[-3:], folio=2)
    files = [page_file(page, pictures) for page in pages]
    with opened(joined(*files, faces=faces_of(document_of(*pages)))) as pdf:
        for page, file in zip(pdf.pages, files, strict=True):
            with opened(file.data) as own:
                assert page.obj.Contents.read_raw_bytes() == own.pages[0].obj.Contents.read_raw_bytes()
                assert page.obj.Resources.keys() == own.pages[0].obj.Resources.keys()
                assert glyphs_on(page) == glyphs_on(own.pages[0])
        shared = [page.obj.Resources.Font for page in pdf.pages]
        descriptors = {
            str(font.BaseFont): font.DescendantFonts[0].FontDescriptor.objgen
            for fonts in shared
            for font in fonts.values()
        }
        assert len(set(descriptors.values())) == len(faces_of(document_of(*pages)))


def test_pages_that_read_a_code_differently_share_the_outlines() -> None:
    pages = [page_of(hand_run([(copy, "长")]), folio=folio) for folio, copy in enumerate("长長长", start=1)]
    data = joined(*map(page_file, pages), faces={face().key: face()})
    with opened(data) as pdf:
        fonts = [page.obj.Resources.Font.F1 for page in pdf.pages]
        assert [list(cmap(font.ToUnicode).values()) for font in fonts] == [["长"], ["長"], ["长"]]
        assert fonts[0].objgen == fonts[2].objgen
        assert fonts[0].objgen != fonts[1].objgen
        assert len({font.DescendantFonts[0].FontDescriptor.FontFile2.objgen for font in fonts}) == 1


def test_a_picture_on_two_pages_is_stored_once() -> None:
    first, pictures = busy_page()
    files = page_file(first, pictures), page_file(replace(first, folio=2), pictures)
    data = joined(*files, faces=faces_of(document_of(first)))
    assert data.count(b"/DCTDecode") == len(pictures)
    with opened(data) as pdf:
        assert isinstance(pdf.pages[1].obj.Resources.XObject.Im1, pikepdf.Stream)


@pytest.mark.parametrize("data", [b"", b"junk", b"\x90"])
def test_what_is_no_leaf_is_none(data: bytes) -> None:
    assert unpacked(data, b"") is None
