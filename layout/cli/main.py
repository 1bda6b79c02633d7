"""The console script: a table of commands, each imported only when it is called."""

from importlib import import_module
from typing import Final

import click

from layout import __version__

COMMANDS: Final = {
    "init": "a starter issue that builds at once",
    "build": "the press files of an issue",
    "check": "validate and compose an issue, write nothing",
    "proof": "the pages as they will print, in the browser, with their faults",
    "diff": "what changed between two issues, builds or PDFs",
    "watch": "the proof in the browser, renewed with every change",
    "normalise": "copy as typed or scraped -> press orthography",
    "lines": "set paragraphs to a measure, one composed line a line",
    "sign": "sign-offs, bound to every press file",
    "send": "what is signed to the plant, proofs to a printer",
    "schema": "the JSON Schema of an issue or a house style",
    "fonts": "the faces, their roles and coverage",
    "press": "the press conditions, and what their profiles do",
}
"""Command -> its one-line help. The command ``name`` lives in ``layout.cli.name`` as ``command``."""


class _Lazy(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"layout.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="layout")
def cli() -> None:
    """Press-ready Chinese newspaper pages from a YAML description of an issue."""
