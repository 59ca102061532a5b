"""What-if: changes laid over a design without adopting them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from model.catalog.catalog import Catalog
from model.catalog.condition import is_version
from model.design.changes import (
    Addition,
    AnyChange,
    Change,
    CountChange,
    PortChange,
    ProxyChange,
    Removal,
    ServersChange,
    mentioned,
)
from model.design.design import Design
from model.design.elements import Component
from model.editing import edits
from model.errors import ChangeError
from model.sentences import told

_ON = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False, "inherit": None}


def apply_changes(design: Design, catalog: Catalog, changes: Iterable[AnyChange]) -> Design:
    """The design with changes applied in order. Raises ChangeError where one names something that does not exist."""
    for change in changes:
        design = _apply(design, catalog, change)
    return design


def _apply(design: Design, catalog: Catalog, change: AnyChange) -> Design:
    if isinstance(change, Addition):
        return _add(design, catalog, change.add)
    for name in mentioned(change):
        if name not in design.component_by_id:
            raise ChangeError(told("There is no component {name}; name one by its id.", name=name))
    match change:
        case Change(feature=str(name)):
            return _switch(design, catalog, change, name)
        case Change():
            return _choose(design, catalog, change, change.setting or "")
        case PortChange():
            return _listen(design, catalog, change)
        case ProxyChange():
            if change.traffic not in (each.id for each in catalog.traffic_classes):
                known = ", ".join(each.id for each in catalog.traffic_classes)
                raise ChangeError(
                    told(
                        "The catalog has no class of traffic {traffic}; it has {known}.",
                        traffic=change.traffic,
                        known=known,
                    )
                )
            return edits.set_proxy(design, change.component, change.traffic, change.value)
        case ServersChange():
            return _tie(design, catalog, change)
        case CountChange():
            return edits.change_component(design, change.component, count=change.count)
        case Removal():
            return edits.delete(design, {change.remove})


def _add(design: Design, catalog: Catalog, component: Component) -> Design:
    if component.id in design.component_by_id:
        raise ChangeError(
            told("There already is a component {id}; add one with another id.", id=component.id)
        )
    if component.kind not in catalog.kind_by_id:
        raise ChangeError(
            told(
                "The catalog has no kind {kind}; it has {known}.",
                kind=component.kind,
                known=", ".join(catalog.kind_by_id),
            )
        )
    return edits.change_design(design, components=(*design.components, component))


def _listen(design: Design, catalog: Catalog, change: PortChange) -> Design:
    kind = design.component_by_id[change.component].kind
    ports = catalog.listening_ports(kind)
    if change.port not in ports:
        known = ", ".join(map(str, ports)) or "none"
        raise ChangeError(
            told(
                "{component} does not listen on {port} by default; it has {known}.",
                component=change.component,
                port=change.port,
                known=known,
            )
        )
    return edits.set_port(design, change.component, change.port, change.value)


def _tie(design: Design, catalog: Catalog, change: ServersChange) -> Design:
    kind = design.component_by_id[change.component].kind
    served = catalog.destination_kinds(kind)
    if change.servers not in served:
        known = ", ".join(served) or "no other kind"
        raise ChangeError(
            told(
                "{component} connects to no component of kind {servers}; it connects to {known}.",
                component=change.component,
                servers=change.servers,
                known=known,
            )
        )
    targets = () if change.value == "none" else change.value
    return edits.assign(design, change.component, change.servers, targets)


def _switch(design: Design, catalog: Catalog, change: Change, name: str) -> Design:
    feature = catalog.feature_by_id.get(name)
    if feature is None:
        raise ChangeError(
            told(
                "The catalog has no feature {name}; it has {known}.",
                name=name,
                known=", ".join(catalog.feature_by_id),
            )
        )
    if change.component is not None:
        if feature.scope == "design":
            raise ChangeError(told("{name} is set for the whole design, not for one component.", name=name))
        _check_kind(design, change.component, name, feature.kinds)
    value = change.value if isinstance(change.value, bool) else None
    return edits.set_feature(design, name, value, change.component)


def _choose(design: Design, catalog: Catalog, change: Change, name: str) -> Design:
    setting = catalog.setting_by_id.get(name)
    if setting is None:
        raise ChangeError(
            told(
                "The catalog has no setting {name}; it has {known}.",
                name=name,
                known=", ".join(catalog.setting_by_id),
            )
        )
    if change.component is not None:
        _check_kind(design, change.component, name, setting.kinds)
    value = change.value if isinstance(change.value, str) else None
    choices = [choice.id for choice in setting.choices]
    if value is not None and setting.version and not is_version(value):
        raise ChangeError(
            told(
                "{name} cannot be {value}; it is a version such as {default}.",
                name=name,
                value=value,
                default=setting.default,
            )
        )
    if value is not None and not setting.version and value not in choices:
        raise ChangeError(
            told(
                "{name} cannot be {value}; it is one of {known}.",
                name=name,
                value=value,
                known=", ".join(choices),
            )
        )
    return edits.set_setting(design, name, value, change.component)


def _check_kind(design: Design, component: str, name: str, kinds: tuple[str, ...]) -> None:
    kind = design.component_by_id[component].kind
    if kind not in kinds:
        raise ChangeError(
            told(
                "{component} is of kind {kind}, which has no {name}; {kinds} have it.",
                component=component,
                kind=kind,
                name=name,
                kinds=", ".join(kinds),
            )
        )


def parse_change(catalog: Catalog, text: str, component: str | None = None) -> Change:
    """A change written FEATURE=VALUE: on, off or inherit for a feature, a choice or inherit for a setting.

    Raises ChangeError for anything else.
    """
    name, equals, value = text.partition("=")
    if not equals or not value:
        raise ChangeError(
            told("{text!r} is not of the form FEATURE=VALUE, such as web-reputation=on.", text=text)
        )
    if name in catalog.feature_by_id:
        if value not in _ON:
            raise ChangeError(
                told(
                    "{name} is a feature: set it to on, off or inherit, not to {value}.",
                    name=name,
                    value=value,
                )
            )
        return _change(feature=name, value=_ON[value], component=component)
    if name in catalog.setting_by_id:
        return _change(setting=name, value=None if value == "inherit" else value, component=component)
    known = (*catalog.feature_by_id, *catalog.setting_by_id)
    raise ChangeError(
        told(
            "The catalog has no feature or setting {name}; it has {known}.", name=name, known=", ".join(known)
        )
    )


def _change(**fields: object) -> Change:
    """A change from words a user typed, which may be no value and no id at all."""
    try:
        return Change.model_validate(fields)
    except ValidationError as error:
        if error.errors(include_url=False)[0]["loc"][0] == "component":
            raise ChangeError(
                told("There is no component {name}; name one by its id.", name=fields["component"])
            ) from error
        raise ChangeError(
            told("{setting} cannot be {value!r}.", setting=fields["setting"], value=fields["value"])
        ) from error
