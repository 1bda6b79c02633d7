"""Starting up: lean, as a module and as a console script, and honest about what it does not know."""

import tomllib
from importlib import import_module

import pytest
from issue_samples import ROOT, outcome, run

from layout import __version__
from layout.cli.main import COMMANDS

HEAVY = ("reportlab", "PIL", "uharfbuzz", "fontTools", "jsonschema_rs", "yaml", "pikepdf", "pypdfium2")
ASIDE = ("pikepdf", "rjieba", "pypdfium2", "fontTools", "asyncssh", "cryptography", "pyphen")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["build", "--help"], ["init", "--help"]], ids=" ".join
)
def test_help_imports_nothing_heavy(arguments: list[str], tmp_path) -> None:
    code = (
        "import sys\n"
        "from layout.__main__ import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "try:\n    main()\n"
        "except SystemExit as ending:\n"
        f"    print('loaded', *(name for name in {HEAVY!r} if name in sys.modules))\n"
        "    sys.exit(ending.code)\n"
    )
    done = outcome(cwd=tmp_path, code=code)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1] == "loaded"


def test_a_build_imports_what_its_page_needs(tmp_path) -> None:
    """No reader of foreign PDFs, no lexicon where no head is divided, no renderer: each costs a tenth of a page."""
    code = (
        "import sys\n"
        "from layout.__main__ import main\n"
        f"sys.argv[1:] = ['build', {str(ROOT / 'issue.yaml')!r}, '--out', 'out', '--no-cache']\n"
        "try:\n    main()\n"
        "except SystemExit as ending:\n"
        f"    print('loaded', *(name for name in {ASIDE!r} if name in sys.modules))\n"
        "    sys.exit(ending.code)\n"
    )
    done = outcome(cwd=tmp_path, code=code)
    assert done.code == 0
    assert done.out.splitlines()[-1] == "loaded"


def test_as_a_module(tmp_path) -> None:
    done = outcome("--version", cwd=tmp_path)
    assert (done.code, done.out) == (0, f"layout, version {__version__}\n")


def test_the_console_script_is_that_module() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    module, _, name = project["scripts"]["layout"].partition(":")
    assert callable(getattr(import_module(module), name))
    assert project["version"] == __version__


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    done = run(name, "--help")
    assert done.exit_code == 0
    assert f"{name} [OPTIONS]" in done.stdout


def test_the_table_of_commands_is_the_help() -> None:
    done = run("--help")
    for name, says in COMMANDS.items():
        assert f"  {name}" in done.stdout
        assert says.split()[0] in done.stdout


def test_an_unknown_command() -> None:
    done = run("biuld")
    assert done.exit_code == 2
    assert "biuld" in done.stderr
