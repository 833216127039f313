"""An end to the time that one request takes as a whole.

The timeouts of the HTTP library begin anew with each byte, so a server that sends one now and then would hold a run for
days, in the head of its answer as well as in the body. A timer shuts the connection instead.
"""

import socket
import threading
import time
from typing import Any, Self

_CONNECTED = (".connect_tcp.complete", ".start_tls.complete")


class Deadline:
    """Use it as a context manager around a request that has :meth:`trace` among its extensions.

    The request must open a connection of its own: one that is kept open from an earlier request is not seen here.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends_at = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._ends_at

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Take note of the connection; called by the HTTP library with each step of the request."""
        if event.endswith(_CONNECTED):
            self._socket = info["return_value"].get_extra_info("socket")
            if self.is_over:
                self._shut()

    def _shut(self) -> None:
        if self._socket is None:
            return
        try:
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # not that of TLS, which another thread is using
        except OSError:  # closed already
            return
