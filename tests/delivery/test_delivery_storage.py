"""Files that are whole whenever the program ends, and folders that one program at a time works in."""

import threading
from pathlib import Path

import pytest

from layout.delivery.storage import alone_in, write_whole


def test_a_file_is_replaced_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("layout.delivery.storage.os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new and longer")
    assert path.read_bytes() == b"old"


def test_a_folder_is_waited_for(tmp_path: Path) -> None:
    inside, leave = threading.Event(), threading.Event()

    def work() -> None:
        with alone_in(tmp_path):
            inside.set()
            leave.wait(10)

    worker = threading.Thread(target=work)
    worker.start()
    assert inside.wait(10)
    with pytest.raises(TimeoutError), alone_in(tmp_path, patience=0.1):
        pass
    leave.set()
    with alone_in(tmp_path, patience=10):
        worker.join(10)
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", refuse)
    with alone_in(tmp_path):
        (tmp_path / "done").touch()
    assert (tmp_path / "done").exists()
