"""The generic rule list, read back and compared with the flows."""

import csv
import io

from exports.firewall.rules_csv import HEADINGS, rules_csv
from tests.formats.firewall.hostile import harmless_and_hostile
from tests.formats.firewall.oracle import ends, every_report, shortest


def read(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    assert tuple(heading) == HEADINGS
    return [dict(zip(heading, row, strict=True)) for row in rows]


def networks(cell: str) -> frozenset[str]:
    return frozenset(cell.split())


def test_rows_are_the_flows_that_have_addresses_or_names() -> None:
    number = named = 0
    for report in every_report():
        graph, made = report.graph, rules_csv(report)
        rows = {row["rule"]: row for row in read(made.data)}
        right = {}
        for flow in graph.network:
            sources, destinations = ends(graph, flow)
            names = frozenset(flow.basis.fqdns + flow.basis.inferred_fqdns)
            if sources and (destinations or names):
                right[flow.id] = (sources, destinations, names, flow)
        assert rows.keys() == right.keys()
        assert {each.flow for each in made.inexpressible} == {flow.id for flow in graph.flows} - rows.keys()
        for name, (sources, destinations, names, flow) in right.items():
            row = rows[name]
            assert networks(row["source_networks"]) == shortest(sources, 4) | shortest(sources, 6)
            assert networks(row["destination_networks"]) == shortest(destinations, 4) | shortest(
                destinations, 6
            )
            assert frozenset(row["destination_names"].split()) == names
            assert (row["transport"], row["port"]) == (flow.transport, str(flow.port))
            assert row["service_object"] == f"{flow.transport}-{flow.port}"
            source = graph.component(flow.source)
            both = source.kind == "workload-security" and source.addresses
            assert (row["source_object"], row["destination_object"]) == (
                f"{'source' if both else 'host'}-{flow.source}",
                f"host-{flow.destination}",
            )
            assert row["action"] == "permit"
            zones = [graph.zone(end) for end in flow[:2]]
            assert [row["source_zone"], row["destination_zone"]] == [
                f"zone-{zone}" if zone else "outside" for zone in zones
            ]
            assert row["design"] == report.design_hash
            named += bool(names)
        number += len(rows)
    assert number > 1000
    assert named > 100


def test_no_cell_is_a_formula_and_none_holds_what_a_user_types() -> None:
    one, other = harmless_and_hostile()
    plain, hostile = rules_csv(one).data, rules_csv(other).data
    assert plain.replace(one.design_hash.encode(), b"") == hostile.replace(other.design_hash.encode(), b"")
    assert not [
        cell for row in read(hostile) for cell in row.values() if cell.startswith(("=", "+", "-", "@"))
    ]
