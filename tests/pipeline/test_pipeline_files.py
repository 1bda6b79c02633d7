"""Press files are replaced as one, or stay as they were."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from layout.pipeline.files import replace_files

ROOT = Path(__file__).parents[2]
NAMES = ("issue.pdf", "pages/01.pdf", "pages/02.pdf", "report.json")
OLD = {name: f"old {name}".encode() for name in NAMES}
NEW = {name: f"new {name}, and longer".encode() for name in NAMES}


def files(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_new_files_in_a_new_folder(tmp_path: Path) -> None:
    replace_files(tmp_path / "a" / "b", NEW, last="report.json")
    assert files(tmp_path / "a" / "b") == NEW


def test_older_pages_go_and_nothing_else(tmp_path: Path) -> None:
    kept = {"pages/notes.pdf": b"mine", "pages/1.pdf": b"mine", "pages/003.txt": b"mine", "cover.pdf": b"mine"}
    replace_files(tmp_path, {**OLD, "pages/03.pdf": b"old", "pages/104.pdf": b"old", **kept}, last="report.json")
    replace_files(tmp_path, NEW, last="report.json")
    assert files(tmp_path) == {**NEW, **kept}


def test_the_list_of_files_is_renamed_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    replace = Path.replace

    def noted(self: Path, target: Path) -> Path:
        order.append(target.relative_to(tmp_path).as_posix())
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", noted)
    replace_files(tmp_path, dict(sorted(NEW.items(), reverse=True)), last="report.json")
    assert sorted(order) == sorted(NAMES)
    assert order[-1] == "report.json"


@pytest.mark.parametrize("fails_at", range(len(NAMES)))
def test_a_disk_that_is_full(fails_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_files(tmp_path, OLD, last="report.json")
    done = 0

    def refuse(handle: int) -> None:
        nonlocal done
        done += 1
        if done > fails_at:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space left"):
        replace_files(tmp_path, NEW, last="report.json")
    assert files(tmp_path) == OLD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["issue.pdf", "pages", "report.json"]


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_in_the_way_is_found_before_anything_moves(name: str, tmp_path: Path) -> None:
    replace_files(tmp_path, {key: data for key, data in OLD.items() if key != name}, last="report.json")
    (tmp_path / name).mkdir(parents=True)
    before = files(tmp_path)
    with pytest.raises(IsADirectoryError) as raised:
        replace_files(tmp_path, NEW, last="report.json")
    assert raised.value.filename == str(tmp_path / name)
    assert files(tmp_path) == before


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    left = tmp_path / ".building-x" / "pages"
    left.mkdir(parents=True)
    (left / "01.pdf").write_bytes(b"half")
    replace_files(tmp_path, NEW, last="report.json")
    assert files(tmp_path) == NEW


def test_builds_take_turns(tmp_path: Path) -> None:
    replace_files(tmp_path, OLD, last="report.json")
    (tmp_path / ".building-of-another").mkdir()
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    waiting = Thread(target=replace_files, args=(tmp_path, NEW), kwargs={"last": "report.json"})
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    assert files(tmp_path) == OLD
    assert (tmp_path / ".building-of-another").is_dir()
    os.close(other)
    waiting.join(10)
    assert not waiting.is_alive()
    assert files(tmp_path) == NEW


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may be another build's is left alone then."""

    def refuse(handle: int, how: int) -> None:
        raise OSError(95, "Operation not supported")

    (tmp_path / ".building-x").mkdir()
    monkeypatch.setattr(fcntl, "flock", refuse)
    replace_files(tmp_path, NEW, last="report.json")
    assert files(tmp_path) == NEW
    assert (tmp_path / ".building-x").is_dir()


KILLED = """
import json, os, signal, sys
from pathlib import Path
from layout.pipeline.files import replace_files

old, new = ({name: (word + name).encode() for name in %r} for word in ("old ", "new and longer "))
states = []

def dying(function, left):
    def call(*arguments, **options):
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return function(*arguments, **options)
    return call

def attempt(out, steps):
    left = [steps]
    for name in ("open", "fsync", "replace", "mkdir", "rmdir", "unlink"):
        setattr(os, name, dying(getattr(os, name), left))
    replace_files(out, new, last="report.json")
    os._exit(0)

for steps in range(200):
    out = Path(sys.argv[1]) / str(steps)
    replace_files(out, {**old, "pages/09.pdf": b"old "}, last="report.json")
    child = os.fork()
    if child == 0:
        attempt(out, steps)
    ended = os.waitpid(child, 0)[1]
    states.append({name: (out / name).read_bytes()[:3].decode() for name in old})
    replace_files(out, new, last="report.json")
    clean = sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()) == sorted(new)
    assert clean and all((out / name).read_bytes() == data for name, data in new.items())
    if ended == 0:
        break
print(json.dumps(states))
"""


def test_killed_between_any_two_steps(tmp_path: Path) -> None:
    """Each file is whole, the report vouches only for what is there, and the next build clears up."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED % (NAMES,), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    states = json.loads(done.stdout)
    assert len(states) > 15
    assert {word for state in states for word in state.values()} == {"old", "new"}
    assert any(len(set(state.values())) == 2 for state in states)
    for state in states:
        assert state["report.json"] == "old" or set(state.values()) == {"new"}


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    replace_files(tmp_path, OLD, last="report.json")
    before = {name: (tmp_path / name).stat() for name in NAMES}
    replace_files(tmp_path, {**OLD, "pages/02.pdf": b"new pages/02.pdf"}, last="report.json")
    assert files(tmp_path) == {**OLD, "pages/02.pdf": b"new pages/02.pdf"}
    same = {name for name in NAMES if (tmp_path / name).stat().st_ino == before[name].st_ino}
    assert same == {*NAMES} - {"pages/02.pdf"}


def test_a_link_to_the_same_bytes_becomes_a_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.pdf").write_bytes(OLD["issue.pdf"])
    (tmp_path / "issue.pdf").symlink_to("elsewhere.pdf")
    replace_files(tmp_path, OLD, last="report.json")
    assert not (tmp_path / "issue.pdf").is_symlink()
