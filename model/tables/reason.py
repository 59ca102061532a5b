"""Why a flow is in the matrix, in words: its names, its service, what asks for it and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from model.catalog.catalog import Catalog
from model.catalog.rules import Connection
from model.design.columns import COMMA, SENTENCES, listed, same, together
from model.flow import Basis
from model.frozen import Bilingual
from model.sentences import closed
from model.tables.wording import in_words
from model.terms import Transport

NOT_PRINTED = Bilingual(en="not printed", ja="記載なし")
ALWAYS = Bilingual(en="always", ja="常時")
WHERE_ANY = Bilingual(en="where there is one", ja="該当するコンポーネントがある場合")
FOR_OTHERS = Bilingual(
    en="on behalf of components that use this web proxy", ja="この Webプロキシを使うコンポーネントの代理"
)
OPTIONAL = {
    "printed": Bilingual(en="printed, of no practical use", ja="文書に記載があるが実用上は不要"),
    "beyond": Bilingual(en="beyond the document, on request", ja="文書にはなく、要望により追加"),
}


@dataclass(frozen=True)
class Reason:
    """What a basis says in words. `ends` names the components that a way to a web proxy serves."""

    catalog: Catalog
    basis: Basis
    transport: Transport
    source_kind: str
    destination_kind: str
    ends: tuple[str, ...]

    @cached_property
    def fqdns(self) -> Bilingual:
        """The names of the destination; those not printed, or not for this agent version, are marked."""
        marked = [
            _marked(name, " (uncertain)", "（不確か）") if name in self.basis.uncertain_fqdns else same(name)
            for name in self.basis.fqdns
        ]
        marked += [_marked(name, " (inferred)", "（推定）") for name in self.basis.inferred_fqdns]
        return listed(marked, same(", ")) if marked else NOT_PRINTED

    @cached_property
    def service(self) -> Bilingual:
        """The application protocol, and what the document prints where our reading differs."""
        protocol, printed = self.basis.protocol, self.basis.printed_protocol
        if printed is None or printed == protocol:
            return same(protocol)
        return Bilingual(en=f"{protocol} (printed as {printed})", ja=f"{protocol}（記載は {printed}）")

    @cached_property
    def features(self) -> Bilingual | None:
        """The names of the features that ask for the flow, or None where none does."""
        names = [self.catalog.feature_by_id[name].name for name in self.basis.features]
        return listed(names, COMMA) if names else None

    @cached_property
    def justification(self) -> Bilingual:
        """Our reading of the first rule, on what way it is met, and the features that ask for it."""
        said = [self.catalog.rule_by_id[self.basis.rules[0]].reading]
        if self.basis.proxied == "to-proxy":
            ends = together([same(name) for name in self.ends])
            said.insert(
                0,
                Bilingual(
                    en=f"Leads through this web proxy to {ends.en}.",
                    ja=closed("この Webプロキシを経由して ", ends.ja, " へ送信します。"),
                ),
            )
        elif self.basis.proxied:
            said.insert(
                0,
                Bilingual(
                    en="On behalf of components that use this web proxy.",
                    ja=f"{FOR_OTHERS.ja}として通信します。",
                ),
            )
        if self.features is not None:
            said.append(Bilingual(en=f"Features: {self.features.en}.", ja=f"機能: {self.features.ja}。"))
        return listed(said, SENTENCES)

    @cached_property
    def condition(self) -> Bilingual:
        """What must hold for the flow to exist, in words; "always" where nothing must."""
        clauses = list(dict.fromkeys(_conditions(self)))
        return listed(clauses, Bilingual(en="; ", ja="、")) if clauses else ALWAYS


def _conditions(reason: Reason) -> Iterator[Bilingual]:
    basis = reason.basis
    if basis.proxied:
        ends = ", ".join(reason.ends)
        if basis.proxied == "to-proxy":
            yield Bilingual(
                en=f"sent through a web proxy to {ends}", ja=closed("Webプロキシ経由で ", ends, " へ送信する")
            )
        else:
            yield FOR_OTHERS
        return
    for link in _links(reason):
        if link.when is not None:
            yield in_words(link.when, reason.catalog)
        if link.if_any:
            yield WHERE_ANY
        if link.optional is not None:
            yield OPTIONAL[link.optional]


def _links(reason: Reason) -> Iterator[Connection]:
    basis = reason.basis
    opened = basis.listener, reason.transport
    for followed in reason.catalog.connections_of[reason.source_kind]:
        link = followed.part
        fits = (link.port, link.transport) == opened and reason.destination_kind in link.to
        if fits and followed.rule.id in basis.rules:
            yield link


def _marked(name: str, en: str, ja: str) -> Bilingual:
    return Bilingual(en=name + en, ja=name + ja)
