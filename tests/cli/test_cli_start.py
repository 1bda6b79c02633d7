"""Starting up: lean, as a module and as a console script, and honest about what it does not know."""

import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from issue_samples import ROOT, digests, outcome, run

from layout import __version__
from layout.cli.main import COMMANDS

HEAVY = ("reportlab", "PIL", "uharfbuzz", "fontTools", "jsonschema_rs", "yaml", "pikepdf", "pypdfium2")
ASIDE = ("pikepdf", "rjieba", "pypdfium2", "fontTools", "asyncssh", "cryptography", "pyphen", "multiprocessing")
UNCHANGED = (
    *(
        *ASIDE,
        "jsonschema_rs",
        "email",
        "socket",
        "PIL",
        "uharfbuzz",
        "reportlab",
        "logging",
        "concurrent",
        "subprocess",
        "pickle",
    ),
    *("layout.text", "layout.compose", "layout.pdf", "layout.preflight", "layout.fonts", "layout.proof"),
)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["build", "--help"], ["init", "--help"]], ids=" ".join
)
def test_help_imports_nothing_heavy(arguments: list[str], tmp_path) -> None:
    assert loaded(*arguments, told=HEAVY, cwd=tmp_path) == "loaded"


def loaded(*arguments: str, told: tuple[str, ...], cwd: Path) -> str:
    """Which of the modules of ``told`` a command that goes well has loaded in the end."""
    code = (
        "import sys\n"
        "from layout.__main__ import main\n"
        f"sys.argv[1:] = {list(arguments)!r}\n"
        "try:\n    main()\n"
        "except SystemExit as ending:\n"
        f"    print('loaded', *(name for name in {told!r} if name in sys.modules))\n"
        "    sys.exit(ending.code)\n"
    )
    done = outcome(cwd=cwd, code=code, XDG_CACHE_HOME=str(cwd / "cache"))
    assert (done.code, done.err.count("error[")) == (0, 0), done.err
    return done.out.splitlines()[-1]


def test_a_build_imports_what_its_page_needs(tmp_path) -> None:
    """No reader of foreign PDFs, no lexicon where no head is divided, no renderer: each costs a tenth of a page."""
    issue = str(ROOT / "issue.yaml")
    assert loaded("build", issue, "--out", "out", "--no-cache", told=ASIDE, cwd=tmp_path) == "loaded"


def test_where_nothing_changed_nothing_that_makes_pages_is_imported(tmp_path) -> None:
    """Faces and photographs were found good before: what opens them takes longer to load than all else takes."""
    build = ("build", str(ROOT / "issue.yaml"), "--out", "out")
    assert "PIL" in loaded(*build, told=UNCHANGED, cwd=tmp_path)
    made = digests(tmp_path / "out")
    assert loaded(*build, told=UNCHANGED, cwd=tmp_path) == "loaded"
    assert digests(tmp_path / "out") == made


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
