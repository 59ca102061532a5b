"""What the scripts printed, read back: one line of evidence for each flow.

Files are JSON objects a line, in UTF-8 or, as Windows PowerShell redirects its output, in UTF-16. Of repeated runs on
one machine the last counts.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from exports.connectivity.probes import Kind, places
from model.catalog.rules import Identifier
from model.design.fields import MAX_NAME
from model.errors import FileError
from model.frozen import Frozen
from model.sentences import told
from model.storage.strict_json import read_json, shown
from model.tables.matrix import Row

MOST_LINES = 200_000
LONGEST_LINE = 4_000

_Host = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.:-]{1,253}$")]
_Place = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.:\[\]-]{0,262}$")]


class Result(Frozen):
    """What one probe found; the fields as the scripts print them."""

    id: Annotated[str, StringConstraints(pattern=r"^(T-[0-9A-HJKMNP-TV-Z]{8}|N-[0-9]{2,6})$")]
    flow: Annotated[str, StringConstraints(pattern=r"^(F-[0-9A-HJKMNP-TV-Z]{8})?$")]
    kind: Kind
    host: _Host
    port: Annotated[int, Field(ge=1, le=65535)]
    name: _Place
    result: Literal["pass", "fail", "skip"]
    detail: Annotated[str, StringConstraints(pattern=r"^[a-z0-9 ;]{0,80}$")]
    source: Identifier
    machine: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.-]{0,64}$")]
    time: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
    design: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

    @property
    def target(self) -> str:
        """What was tried, in short: "tls www.example.com:443"."""
        return f"{self.kind} {self.name or f'{self.host}:{self.port}'}"


def read_results(path: Path, data: bytes) -> tuple[Result, ...]:
    """The results in a file, each probe of each machine once. Raises FileError with the line that cannot be read."""
    found: dict[tuple[str, ...], Result] = {}
    for number, line in enumerate(_lines(path, data), start=1):
        if not line.strip():
            continue
        result = _result(path, number, line)
        key = (result.machine, result.source, result.id, result.target)
        if key not in found or found[key].time <= result.time:
            found[key] = result
    return tuple(found.values())


def _lines(path: Path, data: bytes) -> list[str]:
    sixteen = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        lines = data.decode("utf-16" if sixteen else "utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FileError(
            path, told("this is neither UTF-8 nor UTF-16; give the file as the script printed it")
        ) from error
    if len(lines) > MOST_LINES:
        raise FileError(
            path, told("the file has more than {most:,} lines; read it in parts", most=MOST_LINES)
        )
    return lines


def _result(path: Path, number: int, line: str) -> Result:
    place = told("line {line}", line=number)
    if len(line) > LONGEST_LINE:
        raise FileError(
            path, told("the line is longer than any result; check that it is the right file"), place
        )
    try:
        value = read_json(line.encode(), path)
    except FileError as error:
        raise FileError(path, error.reason, place) from None
    try:
        return Result.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(shown(str(part)) for part in first["loc"])
        raise FileError(
            path,
            told(
                "{field} is not as the test scripts print it; run the script again",
                field=field or told("the line"),
            ),
            place,
        ) from None


def still_current(results: Iterable[Result], found: Iterable[Row]) -> tuple[list[Result], tuple[str, ...]]:
    """The results without those from where a flow does not go any more, and a sentence for each such flow."""
    by_flow = {row.id: row for row in found}
    kept: list[Result] = []
    left: dict[str, str] = {}
    for each in results:
        row = by_flow.get(each.flow)
        if row is None or (each.port == row.flow.port and each.host in places(row)):
            kept.append(each)
            continue
        left[each.flow] = told(
            "{flow} was tried at {host} on {port}, where it does not go now; run the tests of this design.",
            flow=each.flow,
            host=each.host,
            port=each.port,
        )
    return kept, tuple(left.values())


def evidence(results: Iterable[Result]) -> Mapping[str, str]:
    """The evidence by flow id, as it goes into the record's test result."""
    by_flow: dict[str, list[Result]] = {}
    for result in results:
        if result.flow:
            by_flow.setdefault(result.flow, []).append(result)
    return {flow: _sentence(each) for flow, each in by_flow.items()}


def breaches(results: Iterable[Result]) -> tuple[str, ...]:
    """A sentence for each connection that came about although it must stay closed: of most no flow can keep it."""
    return tuple(
        told(
            "{source} reached {host} on {port} although that must stay closed ({id}, {machine}, {time}).",
            source=each.source,
            host=each.host,
            port=each.port,
            id=each.id,
            machine=each.machine,
            time=each.time,
        )
        for each in results
        if each.kind == "closed" and each.result == "fail"
    )


def _sentence(results: list[Result]) -> str:
    """ "passed 6 of 6, 2026-11-24T09:10:11Z, web-01", with what failed or was not tried behind; cut to fit."""
    failed = [each.target for each in results if each.result == "fail"]
    skipped = [each.target for each in results if each.result == "skip"]
    passed = len(results) - len(failed) - len(skipped)
    machines = sorted({each.machine for each in results if each.machine})
    where = (
        machines[0] if len(machines) == 1 else f"{len(machines)} machines" if machines else "unnamed machine"
    )
    verdict = "failed" if failed else "passed" if passed else "not tried"
    text = f"{verdict}: {passed} of {len(results)}, {max(each.time for each in results)}, {where}"
    for what, targets in (("failed", failed), ("not tried", skipped)):
        if targets:
            text += f"; {what}: {', '.join(dict.fromkeys(targets))}"
    return text if len(text) <= MAX_NAME else text[: MAX_NAME - 1] + "…"
