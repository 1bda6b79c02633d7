"""Decoding of streams with a limit: nothing is unpacked further than the reader is ready to hold."""

import binascii
import zlib
from base64 import a85decode
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from layout.preflight.budget import STREAM_MAX, Budget, OverBudget
from layout.preflight.objects import Stream, Value, filters, get, integer, one_or_many, raw_stream

Codec: TypeAlias = Callable[[bytes, int], bytes]
"""Encoded bytes and the most that may come out -> decoded bytes. Raises DecodeFault or OverBudget."""

FILTERS_MAX: Final = 8
_WHITE: Final = bytes(range(33))
_LZW_START: Final = (*(bytes((one,)) for one in range(256)), b"", b"")
"""The single bytes, then the codes that clear the table and end the data."""


class DecodeFault(Exception):  # noqa: N818 - a finding about a file
    """A stream that cannot be decoded."""


def decode_stream(stream: Value, budget: Budget, *, limit: int = STREAM_MAX) -> bytes:
    """A stream's decoded bytes. Raises DecodeFault (damaged, or a filter for pictures) and OverBudget."""
    data = decode(raw_stream(stream), filters(stream), budget, limit=limit)
    parameters = one_or_many(get(stream, "/DecodeParms"))
    if not any((integer(get(one, "/Predictor")) or 1) > 1 for one in parameters):
        return data
    # Legal, though made for pictures. What the filters give is known to be bearable, so qpdf may undo it.
    try:
        return stream.unpacked() if isinstance(stream, Stream) else b""
    except ValueError:
        raise DecodeFault("damaged data under a predictor") from None


def decode_head(stream: Value, budget: Budget, length: int) -> bytes:
    """The first bytes of a stream, decoded. Raises DecodeFault and OverBudget."""
    if filters(stream) not in {("FlateDecode",), ("Fl",)} or get(stream, "/DecodeParms") is not None:
        return decode_stream(stream, budget)[:length]
    try:
        head = zlib.decompressobj().decompress(raw_stream(stream), length)
    except zlib.error:
        raise DecodeFault("damaged Flate data") from None
    budget.spend_decoded(len(head))
    return head


def decode(data: bytes, names: Sequence[str], budget: Budget, *, limit: int = STREAM_MAX) -> bytes:
    """``data`` through the filters called ``names``. Raises DecodeFault and OverBudget."""
    if len(names) > FILTERS_MAX:
        raise DecodeFault(f"{len(names)} filters")
    if not names:
        budget.spend_decoded(len(data))
    for name in names:
        if name not in _CODECS:
            raise DecodeFault(f"the filter {name or 'without a name'}")
        data = _CODECS[name](data, min(limit, budget.decoded))
        budget.spend_decoded(len(data))
    return data


def _inflate(data: bytes, limit: int) -> bytes:
    engine = zlib.decompressobj()
    try:
        out = engine.decompress(data, limit + 1)
    except zlib.error:
        out = _inflate_damaged(data, limit)
    if len(out) > limit:
        raise OverBudget("streams that unpack to hundreds of megabytes")
    return out


def _inflate_damaged(data: bytes, limit: int) -> bytes:
    """What comes out before the damage; raises DecodeFault when that is nothing."""
    engine = zlib.decompressobj()
    out = bytearray()
    try:
        for start in range(0, len(data), 256):
            out += engine.decompress(data[start : start + 256], limit + 1)
            if len(out) > limit:
                break
    except zlib.error:
        pass
    if not out:
        raise DecodeFault("damaged Flate data")
    return bytes(out)


def _run_length(data: bytes, limit: int) -> bytes:
    out, place = bytearray(), 0
    while place < len(data) and data[place] != 128:
        length = data[place]
        if length < 128:
            out += data[place + 1 : place + 2 + length]
            place += 2 + length
        else:
            out += data[place + 1 : place + 2] * (257 - length)
            place += 2
        if len(out) > limit:
            raise OverBudget("streams that unpack to hundreds of megabytes")
    return bytes(out)


def _hexadecimal(data: bytes, _limit: int) -> bytes:
    digits = data.partition(b">")[0].translate(None, _WHITE)
    try:
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except binascii.Error:
        raise DecodeFault("damaged hexadecimal data") from None


def _base85(data: bytes, _limit: int) -> bytes:
    try:
        return a85decode(data.strip().removeprefix(b"<~").partition(b"~")[0], ignorechars=_WHITE)
    except ValueError:
        raise DecodeFault("damaged ASCII85 data") from None


def _lzw(data: bytes, limit: int) -> bytes:
    """LZW as ISO 32000-1, 7.4.4 has it, with EarlyChange 1."""
    out = bytearray()
    table = list(_LZW_START)
    width, held, bits, previous = 9, 0, 0, b""
    for byte in data:
        held, bits = (held << 8) | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & ((1 << bits) - 1)
        if code == 257:
            break
        if code == 256:
            table, width, previous = list(_LZW_START), 9, b""
            continue
        entry = _lzw_entry(table, code, previous)
        out += entry
        if len(out) > limit:
            raise OverBudget("streams that unpack to hundreds of megabytes")
        if previous:
            table.append(previous + entry[:1])
        previous = entry
        width = min(12, max(9, (len(table) + 1).bit_length()))
    return bytes(out)


def _lzw_entry(table: list[bytes], code: int, previous: bytes) -> bytes:
    if code < len(table):
        return table[code]
    if code == len(table) and previous:
        return previous + previous[:1]
    raise DecodeFault("damaged LZW data")


_CODECS: Final[Mapping[str, Codec]] = {
    "FlateDecode": _inflate,
    "Fl": _inflate,
    "LZWDecode": _lzw,
    "LZW": _lzw,
    "RunLengthDecode": _run_length,
    "RL": _run_length,
    "ASCIIHexDecode": _hexadecimal,
    "AHx": _hexadecimal,
    "ASCII85Decode": _base85,
    "A85": _base85,
}
"""By name, long and as inline images shorten it. Filters for pictures are not here: content never uses them."""
