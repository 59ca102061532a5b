import json

import pytest
from pydantic import TypeAdapter

from model.catalog.catalog import Catalog
from model.catalog.condition import Condition, parts_of
from model.design.columns import shown
from model.frozen import Bilingual
from model.tables.wording import in_words, shortened

PARSER: TypeAdapter[Condition] = TypeAdapter(Condition)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"feature": "web-reputation"}, "Web Reputation is on"),
        (
            {"setting": "communication", "is": ["bidirectional", "manager-initiated"], "of": "destination"},
            "Communication direction of the destination: “Bidirectional” or “Manager-initiated”",
        ),
        ({"version": {"at_least": "10.0", "below": "11.0"}}, "agent version 10.0 or later, below 11.0"),
        ({"version": {"at_least": "20.0"}}, "agent version 20.0 or later"),
        ({"version": {"below": "20.0"}}, "agent version below 20.0"),
        ({"not": {"reaches": "relay"}}, "it uses no component “Relay”"),
        ({"not": {"feature": "firewall"}}, "Firewall is off"),
        ({"term": "updates-directly"}, "the agent may update directly"),
        (
            {"all": [{"feature": "smart-scan"}, {"any": [{"feature": "firewall"}, {"reaches": "relay"}]}]},
            "Smart Scan is on and (Firewall is on or it uses a component “Relay”)",
        ),
    ],
)
def test_conditions_in_words(catalog: Catalog, condition: object, words: str) -> None:
    assert in_words(PARSER.validate_json(json.dumps(condition)), catalog).en == words


def test_every_condition_of_the_catalog_has_words_in_both_languages(catalog: Catalog) -> None:
    conditions = [link.when for rule in catalog.rules for link in rule.connections]
    conditions += [names.when for rule in catalog.rules for names in rule.names]
    for condition in (*conditions, *catalog.terms.values()):
        for part in parts_of(condition):
            words = in_words(part, catalog)
            assert words.en.strip()
            assert words.ja.strip()
            assert words.en != words.ja


def test_both_languages_side_by_side_and_names_once() -> None:
    assert shown(Bilingual(en="added", ja="追加"), "both") == "added / 追加"
    assert shown(Bilingual(en="Relay", ja="Relay"), "both") == "Relay"
    assert shown("FW-1", "both") == "FW-1"


@pytest.mark.parametrize(
    ("count", "english", "japanese"),
    [
        (0, "", ""),
        (1, "a", "a"),
        (2, "a and b", "a、b"),
        (3, "a, b and c", "a、b、c"),
        (5, "a, b, c and 2 more", "a、b、c ほか 2 件"),
    ],
)
def test_names_are_listed_as_a_sentence_lists_them(count: int, english: str, japanese: str) -> None:
    assert shortened(["a", "b", "c", "d", "e"][:count]) == Bilingual(en=english, ja=japanese)
