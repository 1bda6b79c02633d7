"""Files of any kind, read by qpdf, which repairs what is damaged and says so. The home of pikepdf."""

import logging
import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import pikepdf

from layout.preflight.content.tokens import Symbol
from layout.preflight.facts.gate import Unreadable, check_size, uses_object_streams
from layout.preflight.objects import Array, Holder, Stream, Value

# What qpdf repairs is asked of it and becomes findings; nothing is to appear between a command's own lines.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())


class QpdfFile:
    """An opened file."""

    def __init__(self, pdf: pikepdf.Pdf, data: bytes) -> None:
        self._pdf = pdf
        self.encrypted = bool(pdf.is_encrypted)
        self.object_streams = uses_object_streams(data)
        self.trailer = value_of(pdf.trailer)

    @property
    def objects(self) -> Iterator[Value]:
        """All indirect objects."""
        return map(value_of, self._pdf.objects)

    @property
    def damage(self) -> tuple[str, ...]:
        """What qpdf had to repair so far, without the name of what it read from."""
        warnings = (re.sub(r"^stream <[^>]*>[,:]? *", "", str(one)) for one in self._pdf.get_warnings())
        return tuple(dict.fromkeys(warnings))

    def close(self) -> None:
        """Let go of the file."""
        self._pdf.close()


def open_qpdf(data: bytes) -> QpdfFile:
    """The file, opened. Raises Unreadable."""
    check_size(data)
    try:
        # What pages inherit is read as it stands: qpdf's help with it would mend their boxes before they are judged.
        pdf = pikepdf.open(BytesIO(data), suppress_warnings=True, inherit_page_attributes=False)
    except pikepdf.PasswordError:
        raise Unreadable("file-encrypted", "the file is locked with a password", "save it without protection") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, OverflowError) as fault:
        reason = re.sub(r"^stream <[^>]*>[,:]? *", "", str(fault)) or "it is damaged"
        raise Unreadable("file-unreadable", f"the file cannot be opened: {reason}", "make the file anew") from None
    return QpdfFile(pdf, data)


def value_of(found: object) -> Value:
    """What pikepdf gives, as a value of ours."""
    if not isinstance(found, pikepdf.Object):
        return float(found) if isinstance(found, Decimal) else found
    if isinstance(found, pikepdf.Name):
        return Symbol(bytes(found)[1:].decode("utf-8", "surrogateescape"))
    if isinstance(found, pikepdf.String):
        return bytes(found)
    if isinstance(found, pikepdf.Stream):
        return _QpdfStream(found)
    if isinstance(found, pikepdf.Dictionary):
        return _QpdfHolder(found)
    return _QpdfArray(found) if isinstance(found, pikepdf.Array) else None


class _QpdfArray(Array):
    def __init__(self, array: pikepdf.Object) -> None:
        self._array = array
        self.identity = array.objgen

    def __iter__(self) -> Iterator[Value]:
        for index in range(len(self._array)):
            try:
                yield value_of(self._array[index])
            except (pikepdf.PdfError, ValueError):
                yield None


class _QpdfHolder(Holder):
    def __init__(self, holder: pikepdf.Object) -> None:
        self._holder = holder
        self.identity = holder.objgen

    def keys(self) -> list[str]:
        return list(self._holder.keys())

    def get(self, key: str) -> Value:
        try:
            return value_of(self._holder.get(key))
        except (pikepdf.PdfError, ValueError, TypeError):  # TypeError: a key that is not UTF-8
            return None


class _QpdfStream(_QpdfHolder, Stream):
    def raw(self) -> bytes:
        try:
            return self._holder.read_raw_bytes()
        except (pikepdf.PdfError, ValueError):
            return b""

    def unpacked(self) -> bytes:
        try:
            return self._holder.read_bytes()
        except pikepdf.PdfError as fault:
            raise ValueError(str(fault)) from None
