"""A news site on loopback: pages that tests put there, conditional requests, and a record of what was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    body: bytes
    media_type: str = "text/html"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:16]}"'


@dataclass
class NewsSite:
    """What a site holds, by path; ``asked`` has the path and status of each request."""

    url: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def put(self, path: str, body: str | bytes, media_type: str = "text/html", *, status: int = 200, **headers: str):
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, media_type, status, headers)

    def put_article(self, path: str, title: str, text: str):
        head = f'<title>{title}</title><meta property="article:published_time" content="2016-03-04T08:00:00Z">'
        paragraphs = "".join(f"<p>{sentence.strip()}.</p>" for sentence in text.split(".") if sentence.strip())
        self.put(path, f"<html lang=en><head>{head}</head><body><article><h1>{title}</h1>{paragraphs}</article></body>")

    def put_feed(self, path: str, entries: dict[str, str]):
        """Put an RSS feed that lists ``entries``, titles by path."""
        items = "".join(
            f"<item><title>{title}</title><link>{self.url}{link}?utm_source=rss</link>"
            "<pubDate>Fri, 04 Mar 2016 08:00:00 GMT</pubDate><description>More inside.</description></item>"
            for link, title in entries.items()
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'
        self.put(path, feed, "application/rss+xml")

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    site: NewsSite

    def do_GET(self):
        page = self.site.pages.get(self.path, Page(b"", status=404))
        status = 304 if page.status == 200 and self.headers.get("If-None-Match") == page.etag else page.status
        self.site.asked.append((self.path, status))
        self.site.agents.add(self.headers["User-Agent"])
        body = b"" if status == 304 else page.body
        self.send_response(status)
        for name, value in {"Content-Type": page.media_type, "ETag": page.etag, **page.headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


@contextmanager
def serve_news() -> Iterator[NewsSite]:
    """Serve an empty site on a free port of this machine."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site = NewsSite(f"http://127.0.0.1:{server.server_port}")
        handler.site = site
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
