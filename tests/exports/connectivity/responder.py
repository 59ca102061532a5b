"""Answers a script's probes within a namespace of its own: listens as told, runs the script, keeps what it prints.

Run as `responder.py SPECIFICATION`, a JSON file: `listen` holds [behaviour, address, port], `command` the script.
"""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any


def serve_tcp(behaviour: str, address: str, port: int, certificate: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listening = socket.create_server((address, port), family=family, backlog=64)

    def answer(connection: socket.socket) -> None:
        try:
            connection.settimeout(5)
            if behaviour == "tls":
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate)
                connection = context.wrap_socket(connection, server_side=True)
            elif behaviour.startswith("proxy"):
                allowed = behaviour.split()[1:]
                asked = connection.recv(4096).decode("ascii").split(" ")
                ok = asked[0] in ("CONNECT", "GET") and asked[1] in allowed
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" if ok else b"HTTP/1.1 403 Forbidden\r\n\r\n")
        except OSError:
            pass  # whoever only connects leaves at once
        finally:
            connection.close()

    def accept() -> None:
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def serve_udp(behaviour: str, address: str, port: int, heard: list[bytes]) -> None:
    listening = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind((address, port))

    def answer() -> None:
        while True:
            data, sender = listening.recvfrom(4096)
            heard.append(data)
            if behaviour == "dns" and data[2:6] == b"\x01\x00\x00\x01":
                listening.sendto(data[:2] + b"\x81\x80" + data[4:], sender)
            elif behaviour == "ntp" and data[0] == 0x23 and len(data) == 48:
                listening.sendto(b"\x24" + bytes(47), sender)

    threading.Thread(target=answer, daemon=True).start()


def main(specification: str) -> None:
    wanted: dict[str, Any] = json.loads(Path(specification).read_text(encoding="utf-8"))
    for command in ("link set lo up", "route add local default dev lo", "-6 route add local default dev lo"):
        subprocess.run(["ip", *command.split()], check=True)
    heard: list[bytes] = []
    for behaviour, address, port in wanted["listen"]:
        if behaviour in ("dns", "ntp", "send"):
            serve_udp(behaviour, address, port, heard)
        else:
            serve_tcp(behaviour, address, port, wanted["certificate"])
    done = subprocess.run(wanted["command"], capture_output=True, text=True, check=False)
    answer = {
        "code": done.returncode,
        "output": done.stdout,
        "errors": done.stderr,
        "heard": [data.decode("latin-1") for data in heard],
    }
    Path(wanted["answer"]).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
