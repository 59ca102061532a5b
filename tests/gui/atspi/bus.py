"""A D-Bus client of the size these tests need: it calls methods, reads the replies and hears signals, over one socket.

Written from the D-Bus specification; nothing on the package index that does this is both small and free of the GPL.
Only little-endian replies are read, which is what a bus on the same machine sends here.
"""

from __future__ import annotations

import os
import socket
import struct
import time
from typing import Any

TIMEOUT = 20.0
"""Seconds to wait for a reply."""

_CALL, _REPLY, _ERROR, _SIGNAL = 1, 2, 3, 4
_FIXED = {
    "y": ("<B", 1), "b": ("<I", 4), "n": ("<h", 2), "q": ("<H", 2), "i": ("<i", 4), "u": ("<I", 4),
    "x": ("<q", 8), "t": ("<Q", 8), "d": ("<d", 8), "h": ("<I", 4),
}  # fmt: skip
_ALIGNED = {"s": 4, "o": 4, "g": 1, "a": 4, "v": 1, "(": 8, "{": 8}


class BusError(Exception):
    """The other side answered with an error."""


def _first(signature: str) -> str:
    """The first complete type of a signature."""
    if signature[0] == "a":
        return "a" + _first(signature[1:])
    if signature[0] not in "({":
        return signature[0]
    depth = 0
    for place, character in enumerate(signature):
        depth += (character in "({") - (character in ")}")
        if depth == 0:
            return signature[: place + 1]
    raise ValueError(f"{signature} is no signature")


class _Reader:
    """Values out of bytes."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data, self._at = data, at

    def align(self, size: int) -> None:
        self._at += -self._at % size

    def number(self, code: str) -> Any:
        form, size = _FIXED[code]
        self.align(size)
        (value,) = struct.unpack_from(form, self._data, self._at)
        self._at += size
        return value

    def _text(self, length: int) -> str:
        text = self._data[self._at : self._at + length].decode()
        self._at += length + 1
        return text

    def value(self, kind: str) -> Any:
        """One value of a complete type."""
        if kind in _FIXED:
            return self.number(kind)
        if kind in ("s", "o"):
            return self._text(self.number("u"))
        if kind == "g":
            return self._text(self.number("y"))
        if kind == "v":
            return self.value(self.value("g"))
        if kind[0] == "a":
            return self._array(kind[1:])
        self.align(8)
        return tuple(self.values(kind[1:-1]))

    def _array(self, kind: str) -> list[Any]:
        length = self.number("u")
        self.align(_FIXED[kind][1] if kind in _FIXED else _ALIGNED[kind[0]])
        end = self._at + length
        found = []
        while self._at < end:
            found.append(self.value(kind))
        return found

    def values(self, signature: str) -> list[Any]:
        """Values one after another."""
        found = []
        while signature:
            kind = _first(signature)
            found.append(self.value(kind))
            signature = signature[len(kind) :]
        return found


class _Writer:
    """Bytes out of strings, numbers and header fields: all that is sent here."""

    def __init__(self) -> None:
        self.data = bytearray()

    def pad(self, size: int) -> None:
        self.data += bytes(-len(self.data) % size)

    def number(self, value: int) -> None:
        self.pad(4)
        self.data += struct.pack("<i", value)

    def text(self, value: str) -> None:
        raw = value.encode()
        self.number(len(raw))
        self.data += raw + b"\0"

    def signature(self, value: str) -> None:
        self.data += bytes([len(value)]) + value.encode() + b"\0"

    def field(self, code: int, kind: str, value: str) -> None:
        self.pad(8)
        self.data.append(code)
        self.signature(kind)
        if kind == "g":
            self.signature(value)
        else:
            self.text(value)


class Bus:
    """A connection to a bus, by its address."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(TIMEOUT)
        self._socket.connect(_path(address))
        self._serial = 0
        self.signals = 0
        """How many signals have come so far."""
        self.announced: list[str] = []
        """What was to be said aloud, in turn."""
        user = str(os.getuid()).encode().hex()
        self._socket.sendall(b"\0AUTH EXTERNAL " + user.encode() + b"\r\n")
        greeting = self._socket.recv(512)
        if not greeting.startswith(b"OK"):
            raise BusError(f"the bus does not let us in: {greeting!r}")
        self._socket.sendall(b"BEGIN\r\n")
        self._ask_the_bus("Hello")

    def close(self) -> None:
        """Leave the bus."""
        self._socket.close()

    def listen(self, interface: str) -> None:
        """Have the signals of an interface sent here, whoever gives them. Raises BusError."""
        self._ask_the_bus("AddMatch", f"type='signal',interface='{interface}'")

    def await_signal(self, after: int, end: float) -> bool:
        """Block until there are more than `after` signals; False if there are not by `end` of the monotonic clock."""
        try:
            while self.signals <= after:
                self._socket.settimeout(max(end - time.monotonic(), 0.001))
                self._message()
        except TimeoutError:
            return False
        finally:
            self._socket.settimeout(TIMEOUT)
        return True

    def _ask_the_bus(self, method: str, *arguments: str) -> None:
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, *arguments)

    def call(self, service: str, path: str, interface: str, method: str, *arguments: str | int) -> list[Any]:
        """Call a method with strings and whole numbers, and give what it returns. Raises BusError."""
        self._serial += 1
        body = _Writer()
        for each in arguments:
            if isinstance(each, int):
                body.number(each)
            else:
                body.text(each)
        fields = _Writer()
        # As the array of fields begins at a multiple of eight, so may this piece of it.
        fields.field(1, "o", path)
        fields.field(2, "s", interface)
        fields.field(3, "s", method)
        fields.field(6, "s", service)
        if arguments:
            fields.field(8, "g", "".join("i" if isinstance(each, int) else "s" for each in arguments))
        head = struct.pack("<cBBBIII", b"l", _CALL, 0, 1, len(body.data), self._serial, len(fields.data))
        padding = bytes(-(len(head) + len(fields.data)) % 8)
        self._socket.sendall(head + bytes(fields.data) + padding + bytes(body.data))
        return self._answer(self._serial)

    def _answer(self, serial: int) -> list[Any]:
        while True:
            kind, named, body = self._message()
            if kind in (_REPLY, _ERROR) and named.get(5) == serial:
                values = _Reader(body).values(named.get(8, ""))
                if kind == _ERROR:
                    raise BusError(f"{named.get(4)}: {values}")
                return values

    def _message(self) -> tuple[int, dict[int, Any], bytes]:
        """The next message: its kind, its header fields by number, its body. Signals are counted."""
        head = self._exactly(16)
        kind = head[1]
        length, _, fields = struct.unpack_from("<III", head, 4)
        start = fields + -fields % 8
        rest = self._exactly(start + length)
        named, body = dict(_Reader(head + rest[:fields], 12).value("a(yv)")), rest[start:]
        if kind == _SIGNAL:
            self.signals += 1
            if named.get(3) == "Announcement":
                self.announced.append(str(_Reader(body).values(named[8])[3]))
        return kind, named, body

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self._socket.recv(size - len(data))
            if not more:
                raise BusError("the bus has hung up")
            data += more
        return data


def _path(address: str) -> str:
    """The socket of an address such as unix:path=/run/bus,guid=…"""
    for each in address.split(";"):
        kind, _, rest = each.partition(":")
        options = dict(part.split("=", 1) for part in rest.split(",") if "=" in part)
        if kind == "unix" and "path" in options:
            return options["path"]
        if kind == "unix" and "abstract" in options:
            return "\0" + options["abstract"]
    raise BusError(f"{address} is no socket that can be used here")
