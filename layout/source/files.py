"""Reading text files: what is no text, or text in another encoding, ends in a diagnostic that says how to save it.

UTF-8 with or without a byte order mark is read, and UTF-16 with one (what editors call "Unicode"). GBK and
GB18030 are recognised and refused: guessing an encoding right nearly always is how one wrong character gets
into print.
"""

import codecs
from pathlib import Path
from typing import Final

from layout.core import Checked, Diagnostic, Span, error, has_errors
from layout.core.patterns import late
from layout.source.nodes import Table
from layout.source.parse import parse_yaml
from layout.source.text import Source

MAX_BYTES: Final = 8_000_000
"""The largest file that is read. A sixty-four-page issue is under 2 MB."""

_MOST: Final = 20
_UTF32: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL: Final = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SAVE: Final = "save the file as UTF-8 (in the editor: Save As, encoding UTF-8)"


def read_table(path: Path) -> Checked[Table]:
    """The mapping that a YAML file holds. Every fault of the file and of its syntax is a diagnostic."""
    read = read_source(path)
    if read.value is None:
        return Checked(None, read.diagnostics)
    parsed = parse_yaml(read.value)
    found = (*read.diagnostics, *parsed.diagnostics)
    if parsed.value is None or has_errors(found):
        return Checked(None, found)
    if isinstance(parsed.value, Table):
        return Checked(parsed.value, found)
    hint = "write `key: value` lines, with a half-width colon and a space after it"
    return Checked(None, (*found, error("not-a-mapping", "the file is no mapping of keys to values", _top(path), hint)))


def read_source(path: Path) -> Checked[Source]:
    """The text of a file.

    Codes: file-missing, file-unreadable (a folder, a device, no permission), file-too-large, encoding,
    control-character. With control characters in it, the text is returned with U+FFFD in their place, so
    that other faults can be found in the same run.
    """
    span = Span(str(path))
    try:
        if not path.exists():
            return _refused(error("file-missing", f"{path} does not exist", span))
        if not path.is_file():
            return _refused(error("file-unreadable", f"{path} is not a file", span, _inside(path)))
        if path.stat().st_size > MAX_BYTES:
            message = f"{path} is larger than {MAX_BYTES // 1_000_000} MB"
            return _refused(error("file-too-large", message, span, "is this the right file?"))
        data = path.read_bytes()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        return _refused(error("file-unreadable", f"{path} cannot be read: {reason}", span))
    return decode(data, str(path))


def decode(data: bytes, path: str) -> Checked[Source]:
    """The text in ``data``, read from ``path``. Codes: encoding, control-character."""
    if data.startswith(_UTF32) or (b"\0" in data[:64] and not data.startswith(_UTF16)):
        return _refused(
            error("encoding", "the file is neither UTF-8 nor UTF-16 with a byte order mark", Span(path), _SAVE)
        )
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as fault:
        return _refused(_wrong_encoding(data, fault, path))
    source = Source(path, text)
    if all(map(str.isprintable, text.split("\n"))):  # nearly always: the pattern takes longer to compile
        return Checked(source)
    faults = [match.start() for match in _CONTROL.finditer(text)]
    if not faults:
        return Checked(source)
    found = tuple(_control(source, offset) for offset in faults[:_MOST])
    return Checked(Source(path, _CONTROL.sub("\ufffd", text)), found)


def _control(source: Source, offset: int) -> Diagnostic:
    name = f"U+{ord(source.text[offset]):04X}"
    return error("control-character", f"control character {name}", source.span(offset), "delete it")


def _wrong_encoding(data: bytes, fault: UnicodeDecodeError, path: str) -> Diagnostic:
    if _looks_like_gb18030(data):
        message = "the file is in GBK or GB18030, not in UTF-8"
        return error("encoding", message, Span(path), f"{_SAVE}, or run: iconv -f GB18030 -t UTF-8 FILE > NEW")
    before = data[: fault.start].decode(fault.encoding, "replace").removeprefix("\ufeff")
    place = Source(path, before).span(len(before))
    message = f"byte 0x{data[fault.start]:02X} is not {fault.encoding.upper()} text"
    return error("encoding", message, place, _SAVE)


def _looks_like_gb18030(data: bytes) -> bool:
    """Whether the file decodes as GB18030 with mostly common Han (GB 2312 level 1 sorts before 0xD8)."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    wide = [character for character in text if character > "\x7f"]
    usual = sum("\u4e00" <= c <= "\u9fff" and c.encode("gb18030")[0] in range(0xB0, 0xD8) for c in wide)
    return usual * 2 >= len(wide)


def _inside(path: Path) -> str:
    return "give the file in it, for example issue.yaml" if path.is_dir() else ""


def _top(path: Path) -> Span:
    return Span(str(path), 1, 1)


def _refused(diagnostic: Diagnostic) -> Checked[Source]:
    return Checked(None, (diagnostic,))
