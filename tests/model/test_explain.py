"""Why flows exist and why others do not: one small design for each kind of answer."""

import pytest

from model.catalog.catalog import Catalog
from model.derivation.derive import derive
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.design.elements import Component
from model.explain import Reason, Refusal, Why, citation_text, condition_lines, has_rule, why, why_not
from tests.drawn import draw, flow, place

NETWORK = "smart-protection-network"
SERVER = "smart-protection-server"


def explained(design: Design, catalog: Catalog, text: str) -> Why:
    graph = derive(design, catalog)
    return why(graph, flow(graph, text))


def reason(found: Why, rule: str) -> Reason:
    (one,) = (each for each in found.reasons if each.rule.id == rule)
    return one


def refused(design: Design, catalog: Catalog, source: str, destination: str, port: int) -> Refusal:
    refusals = why_not(derive(design, catalog), source, destination)
    (one,) = (each for each in refusals if each.connection.port == port)
    return one


def remarks(found: Why) -> str:
    return " ".join(remark.en for remark in found.remarks)


def lines(graph_catalog: Catalog, found: Reason | Refusal) -> tuple[str, ...]:
    assert found.condition is not None
    return condition_lines(graph_catalog, found.condition, "en")


# Why


def test_a_required_flow_has_its_rules_citations_and_no_condition(catalog: Catalog) -> None:
    found = explained(draw("agent", "workload-security"), catalog, "agent > workload-security 443/tcp")
    assert [each.rule.id for each in found.reasons] == ["P10", "U01"]
    assert reason(found, "P10").condition is None
    assert reason(found, "P10").citation.en == "Table of addresses and ports, row 10, lines 62, 64"
    assert reason(found, "P10").citation.ja == "アドレスとポートの表 10 行目（原文 62, 64 行目）"
    assert found.remarks == ()


def test_one_line_is_called_a_line_and_runs_are_shortened(catalog: Catalog) -> None:
    assert citation_text(catalog, catalog.rule_by_id["P08"].citation).en.endswith(", row 8, line 57")
    assert citation_text(catalog, catalog.rule_by_id["U13"].citation).en.endswith(
        "lines 266–268, 270, 272–273, 275"
    )


def test_a_conditional_flow_shows_the_value_of_every_part(catalog: Catalog) -> None:
    found = explained(draw("agent", SERVER, features=["smart-scan"], settings={"file-reputation-source": SERVER}),
                      catalog, f"agent > {SERVER} 80/tcp")  # fmt: skip
    assert lines(catalog, reason(found, "P15")) == (
        "✓ file reputation comes from a Smart Protection Server",
        "  ✓ all of:",
        "    ✓ Smart Scan is on",
        "    ✓ File reputation from: “Smart Protection Server”",
    )
    assert reason(found, "U11").condition is not None


def test_parts_that_do_not_hold_are_marked_with_a_cross_the_fonts_have(catalog: Catalog) -> None:
    found = explained(
        draw("agent", NETWORK, features=["process-memory-scan"]), catalog, f"agent > {NETWORK} 80/tcp"
    )
    shown = lines(catalog, reason(found, "P12"))
    assert "    × Behavior Monitoring is on" in shown
    assert "    ✓ Process Memory Scan is on" in shown
    assert not set("".join(shown)) & set("✕✗✔☐")
    assert reason(found, "U09").condition is not None
    assert "U10" not in [each.rule.id for each in found.reasons]


def test_a_relay_follows_an_agent_row_through_the_row_that_says_so(catalog: Catalog) -> None:
    found = explained(
        draw("relay", NETWORK, features=["smart-feedback"]), catalog, f"relay > {NETWORK} 443/tcp"
    )
    assert [each.rule.id for each in found.reasons] == ["P13", "P19", "U06a"]
    assert reason(found, "P13").condition is not None
    assert reason(found, "P19").condition is None


def test_each_transport_shows_its_own_condition(catalog: Catalog) -> None:
    design = draw("agent", "dns-server", features=["dns-over-tcp"])
    assert reason(explained(design, catalog, "agent > dns-server 53/udp"), "P07").condition is None
    beyond = explained(design, catalog, "agent > dns-server 53/tcp")
    assert lines(catalog, reason(beyond, "P07")) == ("✓ DNS over TCP too is on",)
    assert "does not print this connection" in remarks(beyond)


def test_a_printed_flow_of_no_use_is_said_to_be_one(catalog: Catalog) -> None:
    design = draw("data-center-gateway", "active-directory")
    assert "of no use" in remarks(
        explained(design, catalog, "data-center-gateway > active-directory 636/udp")
    )
    assert remarks(explained(design, catalog, "data-center-gateway > active-directory 636/tcp")) == ""


def test_a_condition_on_the_destination_is_shown(catalog: Catalog) -> None:
    design = draw("workload-security", place("agent", settings={"communication": "bidirectional"}))
    found = explained(design, catalog, "workload-security > agent 4118/tcp")
    assert [each.rule.id for each in found.reasons] == ["P06", "U12"]
    assert lines(catalog, reason(found, "P06"))[0] == "✓ Workload Security may open connections to it"


def test_a_changed_port_is_said(catalog: Catalog) -> None:
    design = draw("agent", place("relay", name="Relay 1", ports={4122: 8443}))
    found = explained(design, catalog, "agent > relay 8443/tcp")
    assert [each.rule.id for each in found.reasons] == ["P11"]
    assert remarks(found) == "Relay 1 listens on 8443 instead of 4122."


def test_a_corrected_protocol_is_said(catalog: Catalog) -> None:
    found = explained(draw("relay", "update-server"), catalog, "relay > update-server 443/tcp")
    assert "prints HTTP; we read it as HTTPS" in remarks(found)


def test_uncertain_and_inferred_names_are_said(catalog: Catalog) -> None:
    design = draw(
        "agent", "workload-security", settings={"agent-version": "12.0"}, features=["inferred-agents-002"]
    )
    found = explained(design, catalog, "agent > workload-security 443/tcp")
    assert "uncertain" in remarks(found)
    assert "inferred" in remarks(found)
    assert reason(found, "U01").condition is None  # the row itself has none; only the inferred name does


def test_loopback_is_said_to_stay_on_the_host(catalog: Catalog) -> None:
    found = explained(draw("relay"), catalog, "relay > relay 4123/tcp")
    assert [each.rule.id for each in found.reasons] == ["P21"]
    assert "never leaves the host" in remarks(found)


@pytest.fixture(scope="module")
def proxied() -> Design:
    def agent(number: int) -> Component:
        return place(f"agent-{number}", proxies={"smart-protection": "web-proxy", "management": "web-proxy"})

    return draw(*map(agent, range(1, 6)), "web-proxy", NETWORK, "workload-security", features=["smart-scan"])


def test_the_way_to_a_proxy_has_the_rules_and_conditions_of_what_it_carries(
    catalog: Catalog, proxied: Design
) -> None:
    found = explained(proxied, catalog, "agent-1 > web-proxy 1443/tcp")
    assert {"P10", "P12", "P13", "U01", "U07", "T01"} >= {each.rule.id for each in found.reasons}
    assert reason(found, "T01").condition is None
    assert reason(found, "P10").condition is None
    assert "✓ a feature still uses the Smart Protection Network" in lines(catalog, reason(found, "P12"))
    assert NETWORK in remarks(found)
    assert "workload-security" in remarks(found)


def test_the_way_from_a_proxy_names_its_users_and_has_their_condition(
    catalog: Catalog, proxied: Design
) -> None:
    found = explained(proxied, catalog, f"web-proxy > {NETWORK} 80/tcp")
    assert [each.rule.id for each in found.reasons] == ["P12", "U07", "T01"]
    assert "      ✓ Smart Scan is on" in [line[2:] for line in lines(catalog, reason(found, "P12"))]
    assert "on behalf of agent-1, agent-2, agent-3 and 2 more" in remarks(found)
    assert "agent-1、agent-2、agent-3 ほか 2 件" in found.remarks[0].ja


def test_a_proxy_with_another_port_says_so(catalog: Catalog) -> None:
    design = draw(place("agent", proxies={"management": "web-proxy"}), place("web-proxy", ports={1443: 3128}),
                  "workload-security")  # fmt: skip
    assert "3128 instead of 1443" in remarks(explained(design, catalog, "agent > web-proxy 3128/tcp"))


# Why not


def test_a_failing_condition_is_refused_with_its_parts_and_the_smallest_change(catalog: Catalog) -> None:
    design = draw(place("agent", name="Web 1"), "siem")
    found = refused(design, catalog, "agent", "siem", 514)
    assert found.rule.id == "P09"
    assert found.reason.en == "It applies only where Agents forward events directly is on."
    assert found.reason.ja == "適用される条件: エージェントからのイベント直接転送が有効。"
    assert found.change is not None
    assert found.change.en == "Switch Agents forward events directly on for Web 1."
    assert "  × Agents forward events directly is on" in lines(catalog, found)
    assert "  ✓ Transport from Workload Security of the destination: “UDP 514, unencrypted”" in lines(
        catalog, found
    )


def test_a_setting_of_the_destination_is_named_with_the_destination(catalog: Catalog) -> None:
    design = draw("workload-security", place("relay", name="Relay 1"))
    found = refused(design, catalog, "workload-security", "relay", 4118)
    assert found.change is not None
    assert found.change.en == "Set “Communication direction” of Relay 1 to “Bidirectional”."


def test_two_failing_parts_ask_for_two_changes(catalog: Catalog) -> None:
    found = refused(draw("agent", SERVER), catalog, "agent", SERVER, 5274)
    assert found.change is not None
    assert "Switch Web Reputation on for agent." in found.change.en
    assert "Set “Web reputation from” of agent to “Smart Protection Server”." in found.change.en


def test_of_several_ways_the_shortest_is_offered(catalog: Catalog) -> None:
    moved = draw(
        "agent", NETWORK, settings={"file-reputation-source": SERVER, "web-reputation-source": SERVER}
    )
    found = refused(moved, catalog, "agent", NETWORK, 443)
    assert "a feature still uses the Smart Protection Network" in found.reason.en
    assert found.change is not None
    assert found.change.en == "Switch Behavior Monitoring on for agent."


def test_what_something_else_takes_the_place_of_says_so(catalog: Catalog) -> None:
    found = refused(
        draw("relay", "download-center", "software-mirror"), catalog, "relay", "download-center", 443
    )
    assert found.reason.en == "It applies only where it uses no component “Local software mirror”."
    assert found.change is not None
    assert found.change.en == "Let relay use no component “Local software mirror”."


def test_being_tied_to_others_names_them(catalog: Catalog) -> None:
    design = draw("agent", "relay-1", "relay-2", "relay-3", tied={("agent", "relay"): "relay-2"})
    found = refused(design, catalog, "agent", "relay-1", 4122)
    assert found.reason.en == "agent is tied to relay-2, not to relay-1."
    assert found.change is not None
    assert found.change.en == "Assign relay-1 to agent."
    assert found.condition is None


def test_names_that_end_in_japanese_stand_close_to_their_particles(catalog: Catalog) -> None:
    design = draw("agent", "relay-1", "relay-2", tied={("agent", "relay"): "relay-2"})
    names = {"agent": "業務サーバー", "relay-1": "中継（東京）", "relay-2": "中継（大阪）"}
    named = tuple(each.model_copy(update={"name": names[each.id]}) for each in design.components)
    design = design.model_copy(update={"components": named})
    found = refused(design, catalog, "agent", "relay-1", 4122)
    tied = "業務サーバーに割り当てられているのは中継（大阪）で、中継（東京）ではありません。"
    assert found.reason.ja == tied
    assert found.change is not None
    assert found.change.ja == "業務サーバーに中継（東京）を割り当てます。"


def test_being_tied_to_none_is_said(catalog: Catalog) -> None:
    design = draw("agent", "relay", tied={("agent", "relay"): "none"})
    assert (
        refused(design, catalog, "agent", "relay", 4122).reason.en == "agent is tied to no component “Relay”."
    )


def test_a_proxy_in_the_way_is_named_and_can_be_left(catalog: Catalog, proxied: Design) -> None:
    found = refused(proxied, catalog, "agent-1", "workload-security", 443)
    assert found.reason.en == "agent-1 sends this traffic through the web proxy web-proxy."
    assert found.change is not None
    assert "Management" in found.change.en


def test_every_obstacle_is_told_at_once(catalog: Catalog) -> None:
    design = draw(place("agent", proxies={"smart-protection": "web-proxy"}), "web-proxy", NETWORK,
                  tied={("agent", NETWORK): "none"})  # fmt: skip
    found = refused(design, catalog, "agent", NETWORK, 80)
    assert "is tied to no component" in found.reason.en
    assert "It applies only where" in found.reason.en
    assert "would send this traffic through the web proxy" in found.reason.en
    assert found.change is not None
    assert found.change.en.count(".") == 3


def test_a_component_is_no_network_peer_of_itself(catalog: Catalog) -> None:
    found = refused(draw("relay-1", "relay-2"), catalog, "relay-1", "relay-1", 4122)
    assert "does not connect to itself" in found.reason.en
    assert found.change is None


def test_loopback_leads_to_no_other_component(catalog: Catalog) -> None:
    found = refused(draw("relay-1", "relay-2"), catalog, "relay-1", "relay-2", 4123)
    assert "within one host" in found.reason.en
    assert found.change is None


def test_an_unused_proxy_is_refused_by_the_rule_about_proxies(catalog: Catalog) -> None:
    found = refused(draw("agent", "web-proxy"), catalog, "agent", "web-proxy", 1443)
    assert found.rule.id == "T01"
    assert "sends nothing through" in found.reason.en


def test_kinds_without_a_row_have_no_rule_and_no_refusal(catalog: Catalog) -> None:
    def between(source: str, destination: str) -> tuple[bool, tuple[Refusal, ...]]:
        graph = derive(
            draw("agent", "dns-server", "vcenter", place("mf", kind="mainframe"), "web-proxy"), catalog
        )
        return has_rule(graph, source, destination), why_not(graph, source, destination)

    for pair in (
        ("agent", "vcenter"),
        ("dns-server", "agent"),
        ("mf", "agent"),
        ("agent", "mf"),
        ("vcenter", "web-proxy"),
    ):
        assert between(*pair) == (False, ())
    assert between("agent", "dns-server")[0]


def test_where_all_applies_nothing_is_refused(catalog: Catalog) -> None:
    graph = derive(draw("agent", "ntp-server"), catalog)
    assert has_rule(graph, "agent", "ntp-server")
    assert why_not(graph, "agent", "ntp-server") == ()


def test_japanese_answers_are_japanese(catalog: Catalog) -> None:
    graph: FlowGraph = derive(draw("agent", "siem", tied={("agent", "siem"): "none"}), catalog)
    (found,) = why_not(graph, "agent", "siem")
    assert found.change is not None
    assert found.reason.ja.endswith("。")
    assert found.change.ja.startswith("agent に siem を割り当てます。")
