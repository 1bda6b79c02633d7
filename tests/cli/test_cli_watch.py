"""``layout watch``: what is edited shows in the browser, what is wrong too, and nothing ends it but Ctrl-C."""

import http.client
import os
import signal
import time
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import pytest
from issue_samples import ISSUE, SENTENCE, pages, paper, picture, start

from layout.proof import Site

PATIENCE = 40.0


class Watched:
    def __init__(self, folder, process, address):
        self.folder = folder
        self.process = process
        self.address = urlsplit(address)
        self.site = Site(folder / "out/proof")

    def wait(self, wanted):
        """The published data as soon as they are as wanted."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            data = self.site.last()
            if data is not None and data["live"] and wanted(data):
                return data
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.05)
        raise AssertionError(f"not in time: {self.site.last()}")

    def edit(self, old, new):
        path = self.folder / "issue.yaml"
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")

    def events(self):
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=PATIENCE)
        connection.request("GET", "/events")
        return connection, connection.getresponse()


@contextmanager
def watching(folder, text=ISSUE):
    paper(folder, text)
    process = start("watch", "--port", "0", cwd=folder)
    try:
        yield Watched(folder, process, process.stdout.readline().strip())
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(PATIENCE) == 0, process.stderr.read()
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def watched(tmp_path):
    with watching(tmp_path) as running:
        running.wait(lambda data: complete(data["pages"][0]))
        yield running
    assert Site(tmp_path / "out/proof").last()["live"] is False


def complete(page):
    return "exact" in page["facts"]


def test_an_edit_a_fault_and_its_mending(watched):
    connection, events = watched.events()
    with closing(connection):
        watched.edit("字对字", "词对词")
        assert events.readline() == b"event: proof\n"
    data = watched.wait(lambda data: data["pages"][0]["changes"] is not None and complete(data["pages"][0]))
    changes = data["pages"][0]["changes"]
    assert changes["stories"][0]["texts"][0]["changes"][0]["after"] == "词对词"
    assert changes["regions"], "the fine pictures are compared too"
    watched.edit("date:", "dta:")
    broken = watched.wait(lambda data: data["stale"])
    assert {fault["code"] for fault in broken["faults"]} == {"missing-key", "unknown-key"}
    assert broken["pages"] == data["pages"], "the last good proof stays in view"
    watched.edit("dta:", "date:")
    watched.wait(lambda data: not data["stale"])


def test_a_photograph_is_replaced(watched):
    picture(watched.folder / "photos/a.jpg", size=(300, 200))
    data = watched.wait(lambda data: data["pages"][0]["photos"][0]["pixels"] == [300, 200])
    assert data["pages"][0]["changes"]["stories"][0]["photos"][0]["kind"] == "replaced"


def test_only_the_page_that_changed_is_made_anew(tmp_path):
    with watching(tmp_path, pages(1, 2)) as watched:
        first = watched.wait(lambda data: all(map(complete, data["pages"])))
        watched.edit("行对行之2", "行对行之三")
        second = watched.wait(lambda data: data["pages"][1]["key"] != first["pages"][1]["key"])
        assert second["pages"][0]["key"] == first["pages"][0]["key"]


def test_the_copy_in_a_file_of_its_own(tmp_path):
    text = ISSUE.replace(f"text: {SENTENCE * 3}", "text_file: copy.txt")
    tmp_path.joinpath("copy.txt").write_text(SENTENCE * 3, encoding="utf-8")
    with watching(tmp_path, text) as watched:
        watched.wait(lambda data: data["pages"])
        (tmp_path / "copy.txt").write_text(SENTENCE * 2 + SENTENCE.replace("方格纸", "方格网"), encoding="utf-8")
        watched.wait(lambda data: "方格网" in "".join(line["text"] for line in data["pages"][0]["stories"][1]["lines"]))


def test_an_issue_that_is_broken_from_the_start(tmp_path):
    with watching(tmp_path, ISSUE.replace("date:", "dta:")) as watched:
        assert watched.wait(lambda data: data["stale"])["pages"] == []
        watched.edit("dta:", "date:")
        watched.wait(lambda data: data["pages"])
