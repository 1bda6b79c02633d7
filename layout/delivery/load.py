"""Reading the configuration file: schema, addresses, patterns, files; every fault at its line and column."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec.structs import replace

from layout.core import Checked, Diagnostic, Span, error, has_errors
from layout.delivery.names import FIELDS, PatternError, fields
from layout.delivery.settings import Address, ChannelSettings, Configuration, Kind, Names, Trust
from layout.source import Leaf, Table, build, convert, nearest, placed, read_table, validate

KINDS: Final[dict[str, Kind]] = {
    "file": "folder",
    "sftp": "sftp",
    "ftps": "ftps",
    "ipp": "printer",
    "ipps": "printer",
    "cups": "printer",
}
"""URL scheme -> kind of channel."""

_EVERYWHERE: Final = frozenset({"url", "proof", "files", "attempts", "timeout", "backoff"})
_NAMED: Final = frozenset({"paper", "section", "names", "ticket", "staging"})
_VARIABLES: Final = ("password_env", "passphrase_env")
_LOGIN: Final = frozenset({"known_hosts", "key", "passphrase_env", "password_env", "agent"})
SETTINGS: Final[dict[Kind, frozenset[str]]] = {
    "folder": _EVERYWHERE | _NAMED,
    "sftp": _EVERYWHERE | _NAMED | _LOGIN,
    "ftps": _EVERYWHERE | _NAMED | {"password_env", "ca"},
    "printer": _EVERYWHERE | {"media", "sides", "copies", "scaling", "ca", "wait"},
}
"""Kind of channel -> the settings that it takes."""

_WITH_LOGIN: Final = frozenset({"sftp", "ftps"})
_WAYS: Final = {"key": "FILE", "password_env": "VARIABLE", "agent": "true"}
"""The settings that say how to log in, with what they take."""
_FORMS: Final = (
    "file:///folder, sftp://user@host/folder, ftps://user@host/folder, ipp://host/ipp/print, ipps://host/ipp/print, "
    "cups:queue"
)
_SECRET: Final = re.compile(r"[a-z]+://[^/@:]*:(?![0-9]*/).*@.*", re.DOTALL)
"""``user:password@``, whatever characters the password has: ``#`` and ``/`` would end the host for a URL parser."""

_NAME: Final = re.compile(r"[\w.-]{1,60}")
_CUPS_PORT: Final = 631
_QUEUE: Final = re.compile(r"[^\s/?#]+")


def configuration_path() -> Path:
    """Where the configuration file is looked for (XDG Base Directory specification)."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "newspaper-layout" / "channels.yaml"


def channels_schema() -> dict[str, Any]:
    """The JSON Schema of the configuration file."""
    schema: dict[str, Any] = json.loads(Path(__file__).with_name("schema.json").read_text("utf-8"))
    return schema


def load_configuration(path: Path) -> Checked[Configuration]:
    """The configuration at ``path``; paths in it are relative to its folder.

    Codes: those of ``layout.source``; bad-channel-name, bad-url, secret-in-file, not-for-channel, bad-pattern,
    missing-key, file-missing.
    """
    read = read_table(path)
    if read.value is None:
        return Checked(None, tuple(map(_with_hint, read.diagnostics)))
    schema = channels_schema()
    found = (*read.diagnostics, *map(_discreet(read.value), validate(schema, read.value)))
    if has_errors(found):
        return Checked(None, found)
    tables = read.value.get("channels")
    entries = tables.entries.items() if isinstance(tables, Table) else ()
    channels = {}
    for name, entry in entries:
        assert isinstance(entry.node, Table)
        checked = _channel(name, entry.node, convert(schema, entry.node, schema=_one(schema)), path.parent)
        found = (*found, *checked.diagnostics)
        if checked.value is not None:
            channels[name] = checked.value
    if has_errors(found):
        return Checked(None, tuple(sorted(found, key=lambda one: one.span)))
    return Checked(Configuration(channels, build(Trust, _trust(schema, read.value))), found)


def _with_hint(found: Diagnostic) -> Diagnostic:
    """What a desk that has no configuration yet does first."""
    hint = "write your channels there as docs/sending.md shows, or name their file with --channels"
    return replace(found, hint=hint) if found.code == "file-missing" else found


def find_channel(configuration: Configuration, name: str, path: Path) -> Checked[ChannelSettings]:
    """A channel by name. Code unknown-channel."""
    if name in configuration.channels:
        return Checked(configuration.channels[name])
    hint = nearest(name, tuple(configuration.channels)) or "add it under `channels:`"
    return Checked(None, (error("unknown-channel", f"there is no channel {name!r}", Span(str(path)), hint),))


def _discreet(root: Table) -> Callable[[Diagnostic], Diagnostic]:
    """Takes the value out of what is said about a setting that names a variable: it may be the password itself."""
    channels = root.get("channels")
    tables = [entry.node for entry in channels.entries.values()] if isinstance(channels, Table) else []
    settings = [(key, table.get(key)) for table in tables if isinstance(table, Table) for key in _VARIABLES]
    places = {node.span: key for key, node in settings if node is not None}

    def discreet(one: Diagnostic) -> Diagnostic:
        if one.span not in places:
            return one
        return replace(one, message=f"{places[one.span]!r} takes the name of an environment variable, no secret")

    return discreet


def _trust(schema: dict[str, Any], root: Table) -> dict[str, Any]:
    """What the file says of whose sign-offs count."""
    nodes = {key: root.get(key) for key in ("signers", "signers_only", "roles")}
    return {key: convert(schema, node, schema=schema["properties"][key]) for key, node in nodes.items() if node}


def _one(schema: dict[str, Any]) -> dict[str, Any]:
    channel: dict[str, Any] = schema["properties"]["channels"]["additionalProperties"]
    return channel


def _channel(name: str, table: Table, values: dict[str, Any], folder: Path) -> Checked[ChannelSettings]:
    if not _NAME.fullmatch(name):
        hint = "letters, digits, _ - . and at most 60 of them: receipts are filed under it"
        return Checked(None, (error("bad-channel-name", f"{name!r} is no name for a channel", table.span, hint),))
    url = table.get("url")
    assert isinstance(url, Leaf)
    address = _address(url, folder)
    if address.value is None:
        return Checked(None, address.diagnostics)
    found = tuple(_faults(address.value, table, values, folder))
    if found:
        return Checked(None, found)
    names = build(Names, values.pop("names", {}))
    paths: dict[str, Any] = {
        key: _beside(folder, values.pop(key)) for key in ("known_hosts", "key", "ca") if key in values
    }
    by_kind = {"files": "issue"} if address.value.kind == "printer" else {}
    given: dict[str, Any] = {**by_kind, **values, **paths}
    given = {key: value for key, value in given.items() if key != "url" and value is not None}
    return Checked(ChannelSettings(name=name, address=address.value, span=table.span, names=names, **given))


def _address(leaf: Leaf, folder: Path) -> Checked[Address]:
    """What a channel's URL says. No message quotes it: somebody may have put a password where none belongs."""
    if _SECRET.fullmatch(leaf.raw):
        hint = "take it out, and name an environment variable that holds it: password_env: PLANT_PASSWORD"
        return Checked(None, (error("secret-in-file", "the address holds a password", leaf.span, hint),))
    try:
        url = urlsplit(leaf.raw)
        port = url.port or 0
    except ValueError:
        return _refused("the host or the port is none", leaf)
    if url.scheme not in KINDS or url.query or url.fragment:
        return _refused("this is no address of a channel", leaf)
    if url.scheme == "file":
        return _folder(url, leaf, folder)
    return _queue(url, leaf) if url.scheme == "cups" else _host(url, port, leaf)


def _host(url: SplitResult, port: int, leaf: Leaf) -> Checked[Address]:
    kind, user = KINDS[url.scheme], unquote(url.username or "")
    if not url.hostname or (kind in _WITH_LOGIN and not user):
        return _refused(f"the {'user' if url.hostname else 'host'} is missing", leaf)
    return Checked(Address(kind, url.scheme, url.hostname, port, user, unquote(url.path) or "/"))


def _folder(url: SplitResult, leaf: Leaf, folder: Path) -> Checked[Address]:
    """``file:///folder``, or ``file:folder`` for one beside the configuration file."""
    if url.netloc not in {"", "localhost"} or not url.path:
        return _refused("this names no folder of this machine", leaf)
    return Checked(Address("folder", "file", path=str(_beside(folder, unquote(url.path)))))


def _queue(url: SplitResult, leaf: Leaf) -> Checked[Address]:
    """A CUPS queue by name is a printer of the scheduler: this machine's, or that of CUPS_SERVER, as with ``lp``."""
    if url.netloc or not _QUEUE.fullmatch(url.path):
        return _refused("this names no queue", leaf)
    try:
        server = urlsplit(f"//{os.environ.get('CUPS_SERVER', '')}")
        host, port = server.hostname or "localhost", server.port or _CUPS_PORT
    except ValueError:
        return _refused("the environment variable CUPS_SERVER is no host:port", leaf)
    return Checked(Address("printer", "ipp", host, port, path=f"/printers/{unquote(url.path)}"))


def _refused(message: str, leaf: Leaf) -> Checked[Address]:
    return Checked(None, (error("bad-url", message, leaf.span, f"one of {_FORMS}"),))


def _faults(address: Address, table: Table, values: dict[str, Any], folder: Path) -> Iterator[Diagnostic]:
    allowed = SETTINGS[address.kind]
    for key in table.entries:
        if key not in allowed:
            message = f"{key!r} is no setting of {address.scheme} channels"
            yield error("not-for-channel", message, table.place(key), f"it takes {', '.join(sorted(allowed))}")
    for key in ("known_hosts", "key", "ca"):
        if values.get(key) and not _beside(folder, values[key]).is_file():
            yield error("file-missing", f"{values[key]} does not exist", table.entries[key].node.span)
    if address.kind in _WITH_LOGIN:
        yield from _login_faults(address.kind, table, values)
    names = table.get("names")
    if isinstance(names, Table):
        yield from _pattern_faults(names)


def _login_faults(kind: Kind, table: Table, values: dict[str, Any]) -> Iterator[Diagnostic]:
    ways = SETTINGS[kind] & _WAYS.keys()
    if "known_hosts" in SETTINGS[kind] and not values.get("known_hosts"):
        hint = "ssh-keyscan -p 22 HOST > known_hosts, and compare the fingerprint with the plant's"
        message = "'known_hosts' is missing: without the host key nobody knows who gets the pages"
        yield error("missing-key", message, table.span, hint)
    if not any(values.get(key) for key in ways):
        hint = f"one of {', '.join(f'{key}: {what}' for key, what in _WAYS.items() if key in ways)}"
        yield error("missing-key", "nothing says how to log in", table.span, hint)


def _pattern_faults(names: Table) -> Iterator[Diagnostic]:
    for key, entry in names.entries.items():
        assert isinstance(entry.node, Leaf)
        hint = f"fields: {', '.join(FIELDS)}, as in {getattr(Names(), key)}"
        try:
            known = fields(entry.node.raw)
        except PatternError as fault:
            yield error("bad-pattern", str(fault), placed(entry.node).at(fault.offset), hint)
            continue
        if key == "page" and "page" not in known:
            yield error("bad-pattern", "pages would all have one name: {page} is missing", entry.node.span, hint)
        if key != "page" and "page" in known:
            yield error("bad-pattern", "{page} is only for the file of a page", entry.node.span, hint)


def _beside(folder: Path, text: str) -> Path:
    return (folder / Path(text).expanduser()).absolute()
