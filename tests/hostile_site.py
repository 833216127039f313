"""A site on loopback that does what servers do at their worst: hang, reset, drip, send without end, or a gzip bomb."""

import socket
import socketserver
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>'
CHUNK = b" " * 65536
BOMB_BYTES = 2**30


@dataclass
class HostileSite:
    """What was asked for, and the address; ``over`` is set when the site closes."""

    url: str
    robots: str = ""
    """Which of the faults is at robots.txt; without one there is no such file."""
    asked: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


def hang(_: socket.socket, site: HostileSite) -> None:
    site.over.wait()


def reset(connection: socket.socket, _: HostileSite) -> None:
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n" + FEED)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def circle(connection: socket.socket, _: HostileSite) -> None:
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /circle\r\nContent-Length: 0\r\n\r\n")


def endless(connection: socket.socket, site: HostileSite) -> None:
    connection.sendall(HEAD + b"\r\n" + FEED)
    while not site.over.is_set():
        connection.sendall(CHUNK)


def bomb(connection: socket.socket, _: HostileSite) -> None:
    _send_packed(connection, times=1)


def bomb_in_bomb(connection: socket.socket, _: HostileSite) -> None:
    _send_packed(connection, times=2)


def _send_packed(connection: socket.socket, *, times: int) -> None:
    packer = zlib.compressobj(9, wbits=31)
    mebibyte = bytes(2**20)
    start = packer.compress(FEED + mebibyte) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(mebibyte) + packer.flush(zlib.Z_FULL_FLUSH)  # stands by itself, so it can be repeated
    packed = start + again * (BOMB_BYTES >> 20) + packer.flush()
    for _ in range(times - 1):
        packer = zlib.compressobj(9, wbits=31)
        packed = packer.compress(packed) + packer.flush()
    coding = b", ".join([b"gzip"] * times)
    connection.sendall(HEAD + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (coding, len(packed)) + packed)


def drip(connection: socket.socket, site: HostileSite) -> None:
    connection.sendall(HEAD + b"\r\n" + FEED)
    while not site.over.wait(0.1):
        connection.sendall(b" ")


def drip_head(connection: socket.socket, site: HostileSite) -> None:
    connection.sendall(HEAD + b"X-Wait: ")
    while not site.over.wait(0.1):
        connection.sendall(b".")


def later(connection: socket.socket, _: HostileSite) -> None:
    connection.sendall(b"HTTP/1.1 429 Too Many\r\nRetry-After: 7200\r\nContent-Length: 0\r\n\r\n")


def later_by_date(connection: socket.socket, _: HostileSite) -> None:
    date = b"Fri, 31 Dec 2100 23:59:59 GMT"
    connection.sendall(b"HTTP/1.1 503 Closed\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n" % date)


def page(connection: socket.socket, _: HostileSite) -> None:
    body = b"<!doctype html><html><body><p>Sign in to go on</p></body></html>"
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def nothing(connection: socket.socket, _: HostileSite) -> None:
    connection.sendall(HEAD + b"Content-Length: 0\r\n\r\n")


def silence(_connection: socket.socket, _site: HostileSite) -> None:
    """Close without a word."""


def babble(connection: socket.socket, _: HostileSite) -> None:
    connection.sendall(bytes(range(256)) * 4)


def missing(connection: socket.socket, _: HostileSite) -> None:
    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


def broken(connection: socket.socket, _: HostileSite) -> None:
    connection.sendall(b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n")


FAULTS: dict[str, Callable[[socket.socket, HostileSite], None]] = {
    fault.__name__: fault
    for fault in (
        hang,
        reset,
        circle,
        endless,
        bomb,
        bomb_in_bomb,
        drip,
        drip_head,
        later,
        later_by_date,
        page,
        nothing,
        silence,
        babble,
        broken,
        missing,
    )
}
"""What each path does: ``/hang`` and so on."""


class _Handler(socketserver.BaseRequestHandler):
    site: HostileSite

    def handle(self) -> None:
        path = self.request.recv(65536).split(b" ")[1].decode()
        self.site.asked.append(path)
        name = self.site.robots if path == "/robots.txt" else path.strip("/").partition("/")[0]
        with suppress(OSError):  # whoever asked has had enough
            FAULTS.get(name, missing)(self.request, self.site)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True


@contextmanager
def serve_faults(robots: str = "") -> Iterator[HostileSite]:
    """Serve on a free port of this machine."""
    handler = type("Handler", (_Handler,), {})
    with _Server(("127.0.0.1", 0), handler) as server:
        handler.site = site = HostileSite(f"http://127.0.0.1:{server.server_address[1]}", robots)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            server.shutdown()
            thread.join()
