import http.client
import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from layout.proof.server import serving


@pytest.fixture
def served(tmp_path):
    site = tmp_path / "site"
    (site / "pages").mkdir(parents=True)
    (site / "index.html").write_text("<title>大样</title>", encoding="utf-8")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    with serving(site, 0) as (address, events):
        yield urlsplit(address), events


def get(address, path, **headers):
    with closing(http.client.HTTPConnection(address.hostname, address.port, timeout=5)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.headers)


def test_files_of_the_folder(served):
    address, _ = served
    assert address.hostname == "127.0.0.1"
    status, text, headers = get(address, "/")
    assert (status, text) == (200, "<title>大样</title>")
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/pages/", "/../secret", "/%2e%2e/secret", "/none"])
def test_nothing_else(served, path):
    status, text, _ = get(served[0], path)
    assert status == 404
    assert "secret" not in text


def test_only_under_this_machine_s_name(served):
    address, _ = served
    assert get(address, "/", Host=f"localhost:{address.port}")[0] == 200
    assert get(address, "/", Host=f"news.example:{address.port}")[0] == 403


def test_events_reach_the_browser(served):
    address, events = served
    with closing(socket.create_connection((address.hostname, address.port), timeout=5)) as connection:
        connection.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{address.port}\r\n\r\n".encode())
        stream = connection.makefile("rb")
        while stream.readline().strip():
            pass
        while not events._listeners:  # the handler subscribes just after its headers
            pass
        events.tell("proof")
        assert stream.readline() == b"event: proof\n"


def test_a_taken_port_is_told(served, tmp_path):
    address, _ = served
    with pytest.raises(OSError, match="in use"), serving(tmp_path, address.port):
        pass
