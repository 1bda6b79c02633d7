"""The proof over HTTP, for this machine alone: the folder's files, and events that tell the browser what is new."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Final

ADDRESS: Final = "127.0.0.1"
EVENTS: Final = "/events"
_BREATH: Final = 10.0  # seconds between signs of life, by which a closed browser is noticed


class Events:
    """What is told to every browser that listens."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listeners: set[SimpleQueue[str]] = set()

    def tell(self, name: str) -> None:
        """Send an event to all that listen."""
        with self._lock:
            for listener in self._listeners:
                listener.put(name)

    @contextmanager
    def listening(self) -> Iterator["SimpleQueue[str]"]:
        """A queue of the events from now on."""
        queue: SimpleQueue[str] = SimpleQueue()
        with self._lock:
            self._listeners.add(queue)
        try:
            yield queue
        finally:
            with self._lock:
                self._listeners.discard(queue)


class _Handler(SimpleHTTPRequestHandler):
    """Files of one folder, no listings; events at ``EVENTS``."""

    def __init__(self, *given: Any, events: Events, **named: Any) -> None:
        self.events = events
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        # Only by the names of this machine: a foreign site must not reach it by a name that it points here.
        if self.headers.get("Host", "").rpartition(":")[0] not in (ADDRESS, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path == EVENTS:
            self._send_events()
        else:
            super().do_GET()

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with self.events.listening() as queue:
            try:
                while True:
                    self._send_one(queue)
            except OSError:
                return  # the browser has gone

    def _send_one(self, queue: "SimpleQueue[str]") -> None:
        try:
            text = f"event: {queue.get(timeout=_BREATH)}\ndata:\n\n"
        except Empty:
            text = ":\n\n"
        self.wfile.write(text.encode())
        self.wfile.flush()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: Any) -> None:  # noqa: ARG002 - the standard library's name
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *given: Any) -> None:
        """Nothing: the terminal is for the desk."""


@contextmanager
def serving(folder: Path, port: int) -> Iterator[tuple[str, Events]]:
    """Serve a folder while the block runs; gives the address to open and the events.

    ``port`` 0 takes a free one. Raises OSError when the port is taken.
    """
    events = Events()
    server = ThreadingHTTPServer((ADDRESS, port), partial(_Handler, events=events, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{ADDRESS}:{server.server_address[1]}/", events
    finally:
        server.shutdown()
        server.server_close()
