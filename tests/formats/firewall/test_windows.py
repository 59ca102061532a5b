"""The PowerShell script, read by a grammar of PowerShell that is not ours, and compared with the flows."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from exports.firewall.windows import windows
from tests.formats.firewall.host_roles import Facts, expected
from tests.formats.firewall.hostile import harmless_and_hostile, without_hash
from tests.formats.firewall.oracle import every_report, not_opened, shortest

tree_sitter = pytest.importorskip("tree_sitter", reason="needs tree-sitter")
grammar = pytest.importorskip("tree_sitter_powershell", reason="needs tree-sitter-powershell")

COMMON = {"@common"}
KNOWN = {"-Name", "-DisplayName", "-Direction", "-Protocol", "-LocalPort", "-RemotePort", "-LocalAddress",
         "-RemoteAddress", "-Description"}  # fmt: skip

PLAIN = r"'[0-9A-Za-z.:/-]+'|[0-9A-Za-z]+"


def below(node: Any, kind: str) -> Iterator[Any]:
    for child in node.children:
        if child.type == kind:
            yield child
        else:
            yield from below(child, kind)


def parsed(data: bytes) -> Any:
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    root = tree_sitter.Parser(tree_sitter.Language(grammar.language())).parse(data[3:]).root_node
    assert not root.has_error
    return root


def leaves(node: Any) -> list[str]:
    if not node.children or node.type == "verbatim_string_characters":
        text = node.text.decode()
        return [text] if text.strip() else []
    return [leaf for child in node.children for leaf in leaves(child)]


def read(data: bytes) -> dict[str, set[Facts]]:
    """The rules of each role, and nothing else that the script could do to the firewall."""
    root = parsed(data)
    commands = [each.text.decode() for each in below(root, "command_name")]
    assert set(commands) <= {
        "Set-StrictMode", "Get-NetFirewallRule", "Remove-NetFirewallRule", "New-NetFirewallRule", "Out-Null",
        "Set-NetFirewallProfile", "Write-Warning",
    }  # fmt: skip
    found: dict[str, set[Facts]] = {}
    names: list[str] = []
    for clause in below(root, "switch_clause"):
        role = leaves(clause)[0].strip("'")
        assert role not in found
        found[role] = set()
        for command in below(clause, "command"):
            if command.children[0].text == b"New-NetFirewallRule":
                facts = arguments(command)
                names.append(facts["-Name"][0] + role)
                found[role].add(rule(facts))
    assert len(names) == len(set(names)) == commands.count("New-NetFirewallRule")
    return found


def arguments(command: Any) -> dict[str, list[str]]:
    (elements,) = below(command, "command_elements")
    words = leaves(elements)
    assert words.pop(0) == "@common"
    facts: dict[str, list[str]] = {}
    for word in words:
        if word in KNOWN:
            current = facts[word] = []
        elif word != ",":
            pattern = "'[a-z0-9, -]+'" if "-Description" in facts and not facts["-Description"] else PLAIN
            assert re.fullmatch(pattern, word)
            current.append(word.strip("'"))
    return facts


def rule(facts: dict[str, list[str]]) -> Facts:
    assert facts["-Name"] == facts["-DisplayName"]
    inbound = facts["-Direction"] == ["Inbound"]
    (port,) = facts["-LocalPort" if inbound else "-RemotePort"]
    assert ("-RemotePort" if inbound else "-LocalPort") not in facts
    here, there = facts["-LocalAddress"], facts["-RemoteAddress"]
    assert here
    assert there
    own, others = (shortest(each, 6 if ":" in each[0] else 4) for each in (here, there))
    return "in" if inbound else "out", facts["-Protocol"][0].lower(), int(port), own, others


def test_each_role_has_the_rules_of_its_flows_and_its_loopback() -> None:
    rules = local = 0
    for report in every_report():
        made = windows(report)
        found, right = read(made.data), expected(report.graph)
        assert found == right
        assert {each.flow for each in made.inexpressible} == not_opened(report.graph)
        rules += sum(map(len, found.values()))
        local += sum(each[2] == 4123 for role in found.values() for each in role)
    assert rules > 1000
    assert local > 100


def test_only_allowing_rules_of_one_group_are_made_and_removed() -> None:
    text = windows(next(every_report(0))).data.decode("utf-8-sig")
    assert "$common = @{ Group = 'Portchart'; Action = 'Allow'; Profile = 'Any'; Enabled = 'True' }" in text
    assert text.count("Remove-NetFirewallRule") == text.count("Get-NetFirewallRule -Group 'Portchart'") == 1


@pytest.mark.parametrize("name", ["multi-vpc", "on-premises"])
def test_nothing_a_user_types_reaches_the_script(name: str) -> None:
    plain, hostile = (windows(each).data for each in harmless_and_hostile(name))
    assert without_hash(plain) == without_hash(hostile)
