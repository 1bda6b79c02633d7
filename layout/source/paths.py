"""Paths that a file names: relative to its folder, and never outside the folders that are allowed."""

from collections.abc import Sequence
from pathlib import Path

from layout.core import Checked, Span, error


def resolve_inside(name: str, base: Path, folders: Sequence[Path], span: Span) -> Checked[Path]:
    """``base / name`` when it lies in one of ``folders``, symbolic links followed; whether it exists is not asked.

    Code path-escapes. The path returned keeps the form that the user gave.
    """
    path = base / name
    try:
        real = path.resolve()
        inside = any(real.is_relative_to(folder.resolve()) for folder in folders)
    except (OSError, RuntimeError, ValueError):
        inside = False
    if inside:
        return Checked(path)
    hint = "move the file there, or allow its folder on the command line"
    return Checked(None, (error("path-escapes", f"{name} lies outside the issue's folder", span, hint),))


def find_inside(name: str, base: Path, folders: Sequence[Path], span: Span) -> Checked[Path]:
    """The same, for a file that must exist. Codes: path-escapes, file-missing."""
    checked = resolve_inside(name, base, folders, span)
    try:
        if checked.value is None or checked.value.is_file():
            return checked
        what = "is no file" if checked.value.exists() else "does not exist"
    except OSError as fault:  # a name that is too long, a folder that may not be entered
        what = f"cannot be read: {fault.strerror}"
    return Checked(
        None, (error("file-missing", f"{name} {what}", span, "paths are relative to the file that names them"),)
    )
