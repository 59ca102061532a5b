"""The firewalls and routers of vendors, through aerleon: what each calls for, as a table.

aerleon is an extra (`firewall`): the table can be read without it, a file is made only with it.
"""

from __future__ import annotations

from typing import NamedTuple

from model.frozen import Bilingual


class Vendor(NamedTuple):
    """One target. `platform`: its name in aerleon. `zoned`: policies go from zone to zone, else one list holds all.

    `stateless`: replies are permitted too. `comment`: what opens and closes a comment. `notes`: for the reader.
    `v6`: whether aerleon writes IPv6 for it.
    """

    id: str
    extension: str
    name: Bilingual
    platform: str
    zoned: bool
    stateless: bool
    comment: tuple[str, str]
    notes: tuple[Bilingual, ...]
    v6: bool = True


_CLEARS = Bilingual(
    en="Loading it first removes the list portchart and its bindings: do so in a maintenance window.",
    ja="読み込むと既存のリスト portchart とその適用が先に削除されるため、保守時間帯に行うこと。",
)
_ZONES = Bilingual(
    en="Zones are called zone-ID after the zones of the design, outside for what lies in none: name yours alike.",
    ja="ゾーン名は設計のゾーンID に基づく zone-ID、どのゾーンにもないものは outside。機器側の名前を合わせること。",
)
_REPLIES = Bilingual(
    en="Stateless: replies go to the ports 1024-65535; over TCP only those of established connections. NTP clients "
    "that ask from port 123, as Windows and ntpd do, get none: permit theirs where that is so.",
    ja="ステートレスのため、戻り通信は 1024-65535 宛てを許可する（TCP は確立済みの接続のみ）。"
    "Windows や ntpd のように 123 番ポートから問い合わせる NTP クライアントには届かないため、"
    "該当する場合は別途許可すること。",
)
_BOUND = Bilingual(
    en="It ends in an implicit deny: what no entry permits is denied wherever it is bound, remote administration "
    "included. Bind it anew after loading.",
    ja="末尾は暗黙の拒否であり、適用先では、許可のない通信はリモート管理も含めすべて拒否される。読み込み後に改めて適用すること。",
)
_ROUTERS = (_CLEARS, _BOUND, _REPLIES)

VENDORS: tuple[Vendor, ...] = (
    Vendor(
        "cisco-asa",
        ".asa",
        Bilingual(
            en="Cisco ASA: an access list (extra: firewall)", ja="Cisco ASA: アクセスリスト（拡張: firewall）"
        ),
        "ciscoasa",
        False,
        False,
        ("! ", ""),
        (_CLEARS, _BOUND),
        v6=False,
    ),
    Vendor(
        "juniper-srx",
        ".srx",
        Bilingual(
            en="Juniper SRX: policies from zone to zone (extra: firewall)",
            ja="Juniper SRX: ゾーン間ポリシー（拡張: firewall）",
        ),
        "srx",
        True,
        False,
        ("/* ", " */"),
        (
            _ZONES,
            Bilingual(
                en="Load with: load replace. It replaces the global address book, every policy and every application "
                "of your own.",
                ja="load replace で読み込む。グローバルアドレス帳、すべてのポリシー、独自のアプリケーション定義を"
                "置き換える。",
            ),
            Bilingual(
                en="What no policy permits is denied by the default policy, deny-all, within a zone too.",
                ja="許可のない通信は、ゾーン内も含め既定のポリシー deny-all により拒否される。",
            ),
        ),
    ),
    Vendor(
        "palo-alto",
        ".panos.xml",
        Bilingual(
            en="Palo Alto Networks: rules from zone to zone (extra: firewall)",
            ja="Palo Alto Networks: ゾーン間ルール（拡張: firewall）",
        ),
        "paloalto",
        True,
        False,
        ("<!-- ", " -->"),
        (
            _ZONES,
            Bilingual(
                en="Rules go by address and port; the application is left to you.",
                ja="ルールはアドレスとポートによる。アプリケーションは別途指定すること。",
            ),
            Bilingual(
                en="Merge service, address, address-group and rulebase into yours (load config partial, mode merge): "
                "loaded whole, the file replaces the configuration. Put the rules above wider ones.",
                ja="service、address、address-group、rulebase を既存の構成に追加する"
                "（load config partial、mode merge）。ファイル全体を読み込むと構成が置き換わる。"
                "ルールはより広いルールの上に置くこと。",
            ),
            Bilingual(
                en="What no rule permits is denied between zones (interzone-default), but permitted within a zone: set "
                "intrazone-default to deny.",
                ja="許可のない通信はゾーン間では拒否される（interzone-default）が、ゾーン内では許可される。"
                "intrazone-default を deny にすること。",
            ),
        ),
    ),
    Vendor(
        "fortigate",
        ".fortios",
        Bilingual(
            en="FortiGate: policies from zone to zone (extra: firewall)",
            ja="FortiGate: ゾーン間ポリシー（拡張: firewall）",
        ),
        "fortigate",
        True,
        False,
        ("# ", ""),
        (
            _ZONES,
            Bilingual(
                en="Policies are numbered from 1 and replace those of the same number: load into a VDOM of its own.",
                ja="ポリシー番号は 1 から始まり同じ番号の既存ポリシーを置き換えるため、専用の VDOM に読み込むこと。",
            ),
            Bilingual(
                en="What no policy permits is denied by the implicit policy 0; within a zone only where that has "
                "set intrazone deny.",
                ja="許可のない通信は暗黙のポリシー 0 により拒否される。ゾーン内は set intrazone deny の場合に限る。",
            ),
        ),
    ),
    Vendor(
        "cisco-ios",
        ".ios",
        Bilingual(
            en="Cisco IOS: access lists (extra: firewall)", ja="Cisco IOS: アクセスリスト（拡張: firewall）"
        ),
        "cisco",
        False,
        True,
        ("! ", ""),
        _ROUTERS,
    ),
    Vendor(
        "cisco-nxos",
        ".nxos",
        Bilingual(
            en="Cisco NX-OS: access lists (extra: firewall)",
            ja="Cisco NX-OS: アクセスリスト（拡張: firewall）",
        ),
        "cisconx",
        False,
        True,
        ("! ", ""),
        _ROUTERS,
    ),
    Vendor(
        "cisco-iosxr",
        ".iosxr",
        Bilingual(
            en="Cisco IOS XR: access lists (extra: firewall)",
            ja="Cisco IOS XR: アクセスリスト（拡張: firewall）",
        ),
        "ciscoxr",
        False,
        True,
        ("! ", ""),
        _ROUTERS,
    ),
    Vendor(
        "junos-filter",
        ".junos",
        Bilingual(
            en="Junos: firewall filters (extra: firewall)",
            ja="Junos: ファイアウォールフィルター（拡張: firewall）",
        ),
        "juniper",
        False,
        True,
        ("/* ", " */"),
        (
            _REPLIES,
            Bilingual(
                en="Load with: load replace. A filter ends in an implicit discard: what no term permits is discarded "
                "wherever it is applied, routing protocols, remote administration and, over IPv6, neighbour discovery "
                "included: permit those in a filter before it.",
                ja="load replace で読み込む。末尾は暗黙の破棄であり、適用先では、許可のない通信は"
                "ルーティングプロトコル、リモート管理、IPv6 の近隣探索も含めすべて破棄される。"
                "必要なものは前段のフィルターで許可すること。",
            ),
        ),
    ),
)
