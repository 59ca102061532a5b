"""What the architect chose for a component, read naively."""

from __future__ import annotations

from model.design.design import Design
from model.design.elements import Component

KINDS = (
    *("administrator", "workload-security", "agent", "relay", "data-center-gateway", "service-gateway"),
    *("api-client", "dns-server", "ntp-server", "siem", "smart-protection-network"),
    *("smart-protection-server", "update-server", "download-center", "software-mirror", "vision-one"),
    *("vcenter", "active-directory", "web-proxy"),
)
AGENTS = ("agent", "relay")
POLICY_FEATURES = (
    "smart-scan",
    "web-reputation",
    "behavior-monitoring",
    "predictive-machine-learning",
    "process-memory-scan",
    "smart-feedback",
    "firewall",
    "intrusion-prevention",
    "integrity-monitoring",
    "log-inspection",
    "application-control",
    "device-control",
    "activity-monitoring",
    "syslog-direct",
    "vision-one",
)
DESIGN_FEATURES = {
    "dns-over-tcp": ("administrator", "agent", "relay", "data-center-gateway", "service-gateway"),
    "download-center-http": AGENTS,
    "inferred-agents-002": ("agent", "relay", "api-client", "workload-security"),
    "inferred-agent-comm": AGENTS,
    "inferred-gateway-names": ("data-center-gateway",),
    "inferred-service-gateway-names": ("service-gateway",),
    "inferred-console-name": ("administrator",),
}
SETTINGS = {
    "communication": (AGENTS, ("agent-initiated", "bidirectional", "manager-initiated")),
    "file-reputation-source": (
        AGENTS,
        ("smart-protection-network", "smart-protection-server", "service-gateway"),
    ),
    "web-reputation-source": (AGENTS, ("smart-protection-network", "smart-protection-server")),
    "direct-updates": (("agent",), ("automatic", "on", "off")),
    "syslog-transport": (("siem",), ("udp", "tls")),
    "directory-protocol": (("active-directory",), ("both", "ldaps-only", "starttls-only")),
}
"""Kinds and values of each setting; the first value is the default."""


def in_order(features: set[str]) -> list[str]:
    """Features as the screens list them: protection, services, then what lies beyond the document."""
    return [name for name in (*POLICY_FEATURES, *DESIGN_FEATURES) if name in features]


def feature(design: Design, component: Component, name: str) -> bool:
    """Whether a feature is on at a component; one that means nothing there is off."""
    if name in DESIGN_FEATURES:
        return component.kind in DESIGN_FEATURES[name] and design.features.get(name, False)
    assert name in POLICY_FEATURES
    if component.kind not in AGENTS:
        return False
    if name in component.features:
        return component.features[name]
    return design.features.get(name, False)


def setting(design: Design, component: Component, name: str) -> str:
    """What a component is set to: its value, else the design's, else the default; unknown ones are void."""
    kinds, values = SETTINGS[name]
    if component.kind in kinds:
        if component.settings.get(name) in values:
            return component.settings[name]
        if design.settings.get(name) in values:
            return design.settings[name]
    return values[0]


def version(design: Design, component: Component) -> tuple[int, int]:
    """The agent version as two numbers; 20.0 unless set to another. What is no version does nothing."""
    for value in (component.settings.get("agent-version"), design.settings.get("agent-version")):
        if value is not None:
            numbers = value.split(".")
            if len(numbers) == 2 and all(text.isascii() and text.isdigit() for text in numbers):
                return int(numbers[0]), int(numbers[1])
    return (20, 0)


def targets(design: Design, source: Component, kind: str) -> list[Component]:
    """The components of a kind that a component uses: all, the chosen ones, or none; never itself (D2)."""
    for assignment in design.assignments:
        if assignment.source == source.id and assignment.kind == kind:
            if assignment.targets == "none":
                return []
            return [other for other in design.components if other.id in assignment.targets]
    return [other for other in design.components if other.kind == kind and other.id != source.id]


def proxy_of(design: Design, source: Component, traffic: str) -> Component | None:
    """The web proxy a component sends a class of traffic through; anything else it may name is no proxy."""
    for other in design.components:
        if traffic != "" and source.proxies.get(traffic) == other.id and other.kind == "web-proxy":
            return other
    return None


def file_reputation(design: Design, component: Component) -> str:
    """Where an agent or relay gets file reputation; "" when smart scan is off."""
    return (
        setting(design, component, "file-reputation-source")
        if feature(design, component, "smart-scan")
        else ""
    )


def web_reputation(design: Design, component: Component) -> str:
    """Where an agent or relay gets web reputation; "" when it is off."""
    return (
        setting(design, component, "web-reputation-source")
        if feature(design, component, "web-reputation")
        else ""
    )


def network_features(design: Design, component: Component) -> tuple[str, ...]:
    """The features at an agent or relay that use the Smart Protection Network (D6, D7)."""
    using = [
        name
        for name in (
            "behavior-monitoring",
            "predictive-machine-learning",
            "process-memory-scan",
            "smart-feedback",
        )
        if feature(design, component, name)
    ]
    if file_reputation(design, component) == "smart-protection-network":
        using.append("smart-scan")
    if web_reputation(design, component) == "smart-protection-network":
        using.append("web-reputation")
    return tuple(using)


def updates_directly(design: Design, agent: Component) -> bool:
    """Whether an agent fetches updates itself (D8)."""
    choice = setting(design, agent, "direct-updates")
    if choice == "automatic":
        return targets(design, agent, "relay") == []
    return choice == "on"


def manageable(design: Design, component: Component) -> bool:
    """Whether Workload Security connects to an agent or relay (D5)."""
    return setting(design, component, "communication") in ("bidirectional", "manager-initiated")
