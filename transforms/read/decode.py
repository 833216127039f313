"""Bytes to text: UTF-8 where it is, else the encoding that the byte order mark, the page or the letters tell."""

import codecs
import io
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_.:-]+)""")
_SAMPLE_BYTES = 64 * 1024
_MAX_CONTROL_SHARE = 0.02
_HIGH_BYTES = bytes(range(128, 256))
_FEW_ACCENTS = 0.03
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\v\x1b")


class UndecodableError(ValueError):
    """The bytes are no text in any encoding that fits."""


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Turn bytes into text.

    Args:
        data: the whole document.
        declared: encoding named by a server, tried after UTF-8.

    Raises:
        UndecodableError: for binary data.
    """
    encoding = detect_encoding(data, declared=declared)
    return data.decode(encoding, errors="replace")


def detect_encoding(data: bytes, *, declared: str | None = None) -> str:
    """Name the encoding of a document; see :func:`decode`."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if is_binary(data):
        raise UndecodableError("the bytes are not text")
    if _fits(data, "utf-8"):
        return "utf-8"
    if declared and _fits(data, declared):
        return declared
    return _guess(data[:_SAMPLE_BYTES])


def declared_in_page(head: bytes) -> str | None:
    """Return the encoding that an HTML or XML document names in its first bytes."""
    match = _DECLARED.search(head[:4096])
    return match[1].decode("ascii") if match else None


def is_binary(data: bytes) -> bool:
    """Whether the bytes hold NULs or more control characters than any text does."""
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return b"\x00" in sample or controls > _MAX_CONTROL_SHARE * len(sample)


def stream_encoding(stream: io.BufferedIOBase) -> str:
    """Name the encoding of a long stream by reading it once in chunks; it is left at its start.

    Raises:
        UndecodableError: for binary data.
    """
    sample = stream.read(_SAMPLE_BYTES)
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    if any(sample.startswith(mark) for mark, _ in _MARKS) or is_binary(sample):
        return detect_encoding(sample)
    chunk = sample
    try:
        while chunk := stream.read(_SAMPLE_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _guess(chunk or sample)
    else:
        return "utf-8"
    finally:
        stream.seek(0)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _guess(sample: bytes) -> str:
    """Guess among the rest. A few accents in English give too little to tell Windows-1252 from other code pages."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, rarely needed

    best = from_bytes(sample).best()
    if best is None:
        raise UndecodableError("the bytes fit no known encoding")
    accents = len(sample) - len(sample.translate(None, _HIGH_BYTES))
    if accents < _FEW_ACCENTS * len(sample) and _fits(sample, "cp1252"):
        return "cp1252"
    return best.encoding
