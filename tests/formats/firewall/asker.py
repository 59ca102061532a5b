"""Runs squid within a network namespace and asks it for names. Run by `test_squid`, as root.

Every address is made local, so that requests come from the clients' own addresses to the proxy's own. Known names
lead to this machine, where nothing answers: a request that squid permits fails with 503, one it denies with 403.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 20
"""Seconds within which squid must answer."""


def status(client: str, proxy: str, listens: int, tunnel: bool, host: str, port: int) -> int:
    line = f"CONNECT {host}:{port}" if tunnel else f"GET http://{host}:{port}/"
    with socket.create_connection((proxy, listens), PATIENCE, (client, 0)) as connection:
        connection.sendall(f"{line} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        return int(connection.makefile("rb").readline().split()[1])


def listening(proxy: str, port: int, *, until: float) -> None:
    """Wait for the port to open: squid says so a moment earlier."""
    while time.monotonic() < until:
        with socket.socket() as attempt:
            if attempt.connect_ex((proxy, port)) == 0:
                return
    raise SystemExit(f"nothing listens on {proxy}:{port}")


def main(configuration: str, asked: str, answer: str) -> None:
    for command in ("link set lo up", "route add local default dev lo", "-6 route add local default dev lo"):
        subprocess.run(["ip", *command.split()], check=True)
    wanted = json.loads(Path(asked).read_text(encoding="utf-8"))
    with subprocess.Popen(
        ["squid", "-N", "-n", f"asked{os.getpid()}", "-d", "1", "-f", configuration],
        stderr=subprocess.PIPE,
        text=True,
    ) as squid:
        try:
            assert squid.stderr is not None
            said = []
            for line in squid.stderr:
                said.append(line)
                if "Accepting HTTP" in line:
                    break
            else:
                raise SystemExit("squid did not start:\n" + "".join(said))
            listening(*wanted[0][1:3], until=time.monotonic() + PATIENCE)
            found = [status(*each) for each in wanted]
        finally:
            squid.terminate()  # killed, it would leave its shared memory behind
            squid.communicate(timeout=PATIENCE)
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
