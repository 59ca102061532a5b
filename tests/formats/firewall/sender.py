"""Sends packets to itself within a network namespace and says which arrived. Run by `namespace.delivered`.

Every address is made local, so a packet leaves through the output hook, crosses the loopback device and enters through
the input hook. The source port of a packet is its number, so each is told apart from the replies to others.
"""

from __future__ import annotations

import ipaddress
import json
import select
import socket
import struct
import subprocess
import sys
from pathlib import Path

PROTOCOLS = {"tcp": socket.IPPROTO_TCP, "udp": socket.IPPROTO_UDP}
FIRST_PORT = 1024


def checksum(data: bytes) -> int:
    data += b"\0" * (len(data) % 2)
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def segment(source: bytes, destination: bytes, transport: str, sport: int, port: int) -> bytes:
    """A TCP SYN or an empty UDP datagram, with its checksum."""
    if transport == "tcp":
        before, after = struct.pack("!HHLLBBH", sport, port, 1, 0, 5 << 4, 2, 1024), b"\0\0"
    else:
        before, after = struct.pack("!HHH", sport, port, 8), b""
    length = len(before) + 2 + len(after)
    pseudo = source + destination + struct.pack("!LL", length, PROTOCOLS[transport])
    return before + struct.pack("!H", checksum(pseudo + before + b"\0\0" + after) or 0xFFFF) + after


def packet(source: str, destination: str, transport: str, sport: int, port: int) -> bytes:
    one, other = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    body = segment(one.packed, other.packed, transport, sport, port)
    if one.version == 6:
        head = struct.pack("!LHBB", 6 << 28, len(body), PROTOCOLS[transport], 64)
        return head + one.packed + other.packed + body
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0, 64, PROTOCOLS[transport], 0)
    return head + one.packed + other.packed + body


def main(asked: str, answer: str) -> None:
    for command in ("link set lo up", "route add local default dev lo", "-6 route add local default dev lo"):
        subprocess.run(["ip", *command.split()], check=True)
    wanted = json.loads(Path(asked).read_text(encoding="utf-8"))
    senders = {4: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW),
               6: socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_RAW)}  # fmt: skip
    listening = {
        socket.socket(family, socket.SOCK_RAW, protocol): (family, transport)
        for family in (socket.AF_INET, socket.AF_INET6)
        for transport, protocol in PROTOCOLS.items()
    }
    arrived: set[tuple[str, int, int]] = set()

    def collect(patience: float) -> bool:
        ready, _, _ = select.select(list(listening), [], [], patience)
        for one in ready:
            family, transport = listening[one]
            data = one.recv(2048)[20 if family == socket.AF_INET else 0 :]
            arrived.add((transport, *struct.unpack("!HH", data[:4])))
        return bool(ready)

    for number, (source, destination, transport, port) in enumerate(wanted):
        data = packet(source, destination, transport, FIRST_PORT + number, port)
        version = ipaddress.ip_address(destination).version
        try:
            senders[version].sendto(data, (destination, 0))
        except PermissionError:  # dropped by the output hook
            continue
        while collect(0):
            pass
    while collect(0.2):
        pass
    found = [
        (transport, FIRST_PORT + number, port) in arrived
        for number, (_, _, transport, port) in enumerate(wanted)
    ]
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
