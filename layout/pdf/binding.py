"""Leaves bound into a file, on ReportLab's document and objects: what pages share is stored once."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct
from reportlab.pdfbase import pdfdoc

from layout.core import Spot
from layout.fonts import Face
from layout.foreign import ForeignPage
from layout.house.model import Press
from layout.house.press import read_profile
from layout.pdf.colour import graphics_states, spot_space
from layout.pdf.foreign import ForeignObject
from layout.pdf.intent import output_intents
from layout.pdf.leaf import Leaf, Stored
from layout.pdf.metadata import Facts, info_dictionary, legal, xmp_packet
from layout.pdf.objects import Buffer, Whole, array, dictionary, filtered, string
from layout.pdf.profile import Standard
from layout.pdf.type0 import font_objects

_LANGUAGE: Final = "zh-CN"
_HEADER: Final = b"%%PDF-%d.%d\n%%\x93\x8c\x8b\x9e\n"  # a comment of high bytes: no text file (ISO 32000-1, 7.5.2)
_END: Final = b"\nendobj\n"
_FREE: Final = b"0000000000 65535 f \n"


class Bound(Struct, frozen=True):
    """A file, and where in it the objects of the pictures begin, by their digests."""

    data: bytes
    places: Mapping[bytes, int]


class Edition(Struct, frozen=True):
    """What a file says of itself: title, day, the press that it is for, the PDF/X level."""

    title: str
    day: date
    press: Press
    standard: Standard


def bind(leaves: Sequence[Leaf], edition: Edition, faces: Mapping[str, Face]) -> Bound:
    """The file of ``leaves``: the same bytes for the same leaves. ``faces`` has those that they show, by their keys.

    Raises PressError for an unusable press profile, FontError for a face whose outlines are damaged.
    """
    profile = read_profile(edition.press.profile)
    binder = _Binder(edition.standard)
    fonts, outlines = font_objects([use for leaf in leaves for use in leaf.fonts], faces, binder.refer)
    labelled = iter(fonts)
    for leaf in leaves:
        binder.add(leaf, {use.label: next(labelled) for use in leaf.fonts})
    facts = Facts(
        legal(edition.title),
        edition.day,
        edition.standard,
        _identity(edition, [*(leaf.digest for leaf in leaves), *outlines, hashlib.sha256(profile).digest()]),
    )
    return binder.bound(facts, output_intents(edition.press, profile, binder.refer))


def _identity(edition: Edition, digests: Iterable[bytes]) -> bytes:
    """The digest of all that goes into a file."""
    press = edition.press
    words = (edition.standard.title, legal(edition.title), edition.day.isoformat())
    named = "\0".join((*words, press.condition, press.registry, press.info)).encode()
    return hashlib.sha256(b"".join((named, *digests))).digest()


class _Binder:
    """A file under way."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._document = pdfdoc.PDFDocument(invariant=1, pdfVersion=standard.version, lang=_LANGUAGE)
        self._document.idToObject.clear()  # ReportLab puts in a dictionary of fonts that are not embedded
        self._document.idToObjectNumberAndVersion.clear()
        self._document.numberToId.clear()
        self._document.objectcounter = 0
        self._states = self.refer(graphics_states())
        self._pictures: dict[bytes, Any] = {}
        self._forms: dict[ForeignPage, Any] = {}
        self._spots: dict[Spot, Any] = {}

    def refer(self, value: Any) -> Any:
        """The value as an object of its own: a reference to it."""
        return self._document.Reference(value)

    def add(self, leaf: Leaf, fonts: Mapping[str, Any]) -> None:
        """The next page, with its fonts by resource name."""
        forms = {label: self._form(page) for label, page in leaf.forms.items()}
        pictures = {label: self._picture(picture) for label, picture in leaf.pictures.items()}
        spaces = {label: self._space(spot) for label, spot in leaf.spots.items()}
        resources = {"Font": dictionary(fonts), "ExtGState": self._states}
        resources |= {"XObject": dictionary(forms | pictures)} if forms or pictures else {}
        resources |= {"ColorSpace": dictionary(spaces)} if spaces else {}
        entries = leaf.boxes.entries() | {
            "Type": "/Page",
            "Parent": self.refer(self._document.Pages),
            "Contents": self.refer(Whole(leaf.content)),
            "Resources": dictionary(resources),
        }
        if self._standard.blend_space:
            group = {"Type": "/Group", "S": "/Transparency", "CS": f"/{self._standard.blend_space}"}
            entries["Group"] = dictionary(group)
        self._document.addPage(dictionary(entries))

    def _picture(self, picture: Stored) -> Any:
        if picture.digest not in self._pictures:
            self._pictures[picture.digest] = self.refer(Whole(picture.content))
        return self._pictures[picture.digest]

    def _space(self, spot: Spot) -> Any:
        if spot not in self._spots:
            self._spots[spot] = self.refer(spot_space(spot))
        return self._spots[spot]

    def _form(self, page: ForeignPage) -> Any:
        if page not in self._forms:
            objects = [ForeignObject(lifted) for lifted in page.objects]
            references = [self.refer(each) for each in objects]
            for each in objects:
                each.others = references
            self._forms[page] = references[0]
        return self._forms[page]

    def bound(self, facts: Facts, intents: Any) -> Bound:
        """The finished file."""
        document = self._document
        packet = filtered({"Type": "/Metadata", "Subtype": "/XML"}, xmp_packet(facts))
        document.info = info_dictionary(facts)
        catalog = document.Catalog
        catalog.Outlines = None
        catalog.Metadata, catalog.OutputIntents = self.refer(Whole(packet)), intents
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "Metadata", "OutputIntents"]
        root, info, identity = self.refer(catalog), self.refer(document.info), string(facts.identity[:16])
        trailer = dictionary({"Root": root, "Info": info, "ID": array([identity, identity])})
        data, offsets = self._put_together(trailer)
        return Bound(data, {digest: offsets[reference.name] for digest, reference in self._pictures.items()})

    def _put_together(self, trailer: Any) -> tuple[bytes, dict[str, int]]:
        """The file, and where in it the text of each object begins. ReportLab's own way copies all pictures thrice."""
        document = self._document
        parts: list[Buffer] = [_HEADER % self._standard.version]
        end, rows, offsets = len(parts[0]), [_FREE], {}
        for number, name in sorted(document.numberToId.items()):
            value, head = document.idToObject[name], b"%d 0 obj\n" % number
            body = value.content if isinstance(value, Whole) else value.format(document)
            parts += (head, body, _END)
            rows.append(b"%010d 00000 n \n" % end)
            offsets[name] = end + len(head)
            end += len(head) + len(body) + len(_END)
        trailer.dict["Size"] = len(rows)
        table = (b"xref\n0 %d\n" % len(rows), *rows, b"trailer\n", trailer.format(document))
        return b"".join((*parts, *table, b"\nstartxref\n%d\n%%%%EOF\n" % end)), offsets
