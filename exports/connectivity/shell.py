"""The tests as one POSIX shell script: run at a source with its id, it prints a JSON object a line for each probe.

It needs no more than a POSIX shell and bash or nc for connections; what it cannot try for want of a tool it says so.
"""

from __future__ import annotations

from exports.connectivity.probes import DNS_ID, NTP_QUERY, Plan, Probe, dns_query, plan, request
from exports.firewall.artefact import Made
from exports.firewall.heading import commented, heading
from exports.report import Report
from model.frozen import Bilingual

NOTES = (
    Bilingual(
        en="Run at the source: sh FILE SOURCE >results.jsonl. Ends with 0 when nothing failed, else with 1. Read the "
        "results back with: portchart import-records DESIGN results.jsonl",
        ja="送信元で実行: sh FILE SOURCE >results.jsonl。失敗がなければ 0、あれば 1 で終了する。"
        "結果の取り込み: portchart import-records DESIGN results.jsonl",
    ),
    Bilingual(
        en="PORTCHART_SECONDS sets how long each test waits (5).",
        ja="PORTCHART_SECONDS で各試験の待ち時間（秒、既定 5）を設定できる。",
    ),
)

_DIRECTIVES = (
    "# shellcheck disable=SC2016 # what stands in single quotes is for the inner bash",
    "# shellcheck disable=SC2317 # which functions run depends on the source",
)
_START = """set -u
source=${{1-}}
seconds=${{PORTCHART_SECONDS-5}}
design={design}
machine=$(uname -n | tr -cd 'A-Za-z0-9.-')
failed=0

has() {{ command -v "$1" >/dev/null 2>&1; }}

# tell ID FLOW KIND HOST PORT NAME RESULT DETAIL
tell() {{
  [ "$7" = fail ] && failed=1
  printf '{{"id":"%s","flow":"%s","kind":"%s","host":"%s","port":%d,"name":"%s",' "$1" "$2" "$3" "$4" "$5" "$6"
  printf '"result":"%s","detail":"%s","source":"%s","machine":"%s","time":"%s","design":"%s"}}\\n' \\
    "$7" "$8" "$source" "$machine" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$design"
}}
"""
_TOOLS = r"""
limited() {
  if has timeout; then timeout "$seconds" "$@"; else "$@"; fi
}

# connected HOST PORT: 0 connected, 1 not, 2 for want of a tool
connected() {
  if has bash && has timeout; then
    limited bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2" >/dev/null 2>&1 || return 1
  elif has nc; then
    nc -z -w "$seconds" "$1" "$2" >/dev/null 2>&1 </dev/null || return 1
  else
    return 2
  fi
}

# answer TRANSPORT HOST PORT: sends standard input, prints the start of what comes back as hexadecimal digits
answer() {
  if has bash && has timeout; then
    limited bash -c 'exec 3<>"/dev/$1/$2/$3" && cat >&3 && exec dd bs=512 count=1 <&3' bash "$1" "$2" "$3" \
      2>/dev/null
  elif [ "$1" = udp ]; then
    nc -u -w "$seconds" "$2" "$3" 2>/dev/null | dd bs=512 count=1 2>/dev/null
  else
    nc -w "$seconds" "$2" "$3" 2>/dev/null | dd bs=512 count=1 2>/dev/null
  fi | od -An -v -tx1 | tr -d ' \n'
}

can_talk() { { has bash && has timeout; } || has nc; }

# resolved NAME: 0 resolved, 1 not, 2 for want of a tool
resolved() {
  if has getent; then
    limited getent ahosts "$1" >/dev/null 2>&1 || return 1
  elif has nslookup; then
    limited nslookup "$1" >/dev/null 2>&1 || return 1
  else
    return 2
  fi
}

resolve() {
  resolved "$4"
  case $? in
    0) tell "$@" pass 'resolved' ;;
    1) tell "$@" fail 'not resolved' ;;
    *) tell "$@" skip 'no getent or nslookup' ;;
  esac
}

tcp() {
  connected "$4" "$5"
  case $? in
    0) tell "$@" pass 'connected' ;;
    1) tell "$@" fail 'refused or timed out' ;;
    *) tell "$@" skip 'no bash or nc' ;;
  esac
}

closed() {
  # What a name does not lead to is not reached, closed or open: that is no evidence.
  case $4 in *[a-z]*.*)
    resolved "$4"
    if [ $? = 1 ]; then tell "$@" skip 'not resolved'; return; fi ;;
  esac
  connected "$4" "$5"
  case $? in
    0) tell "$@" fail 'connected although it must stay closed' ;;
    1) tell "$@" pass 'refused or timed out' ;;
    *) tell "$@" skip 'no bash or nc' ;;
  esac
}

tls() {
  if ! has openssl; then tell "$@" skip 'no openssl'; return; fi
  case $4 in *:*) at="[$4]:$5" ;; *) at="$4:$5" ;; esac
  case $4 in *[a-z]*.*) found=$(limited openssl s_client -connect "$at" -servername "$4" </dev/null 2>/dev/null) ;;
    *) found=$(limited openssl s_client -connect "$at" </dev/null 2>/dev/null) ;;
  esac
  case $found in
    *'Cipher is (NONE)'*) tell "$@" fail 'no handshake' ;;
    *'Cipher is '*) tell "$@" pass 'handshake' ;;
    *) tell "$@" fail 'no handshake' ;;
  esac
}

# asked QUERY EXPECTED ALSO TRANSPORT ID FLOW KIND HOST PORT NAME: the second and third are patterns for the first
# digits that come back
asked() {
  query=$1 expected=$2 also=$3 transport=$4
  shift 4
  if ! can_talk; then tell "$@" skip 'no bash or nc'; return; fi
  found=$(printf '%b' "$query" | answer "$transport" "$4" "$5")
  # shellcheck disable=SC2254 # they are patterns
  case $found in
    '') tell "$@" fail 'no answer' ;;
    $expected | $also) tell "$@" pass 'answered' ;;
    *) tell "$@" fail 'another answer than expected' ;;
  esac
}

send() {
  if ! can_talk; then tell "$@" skip 'no bash or nc'; return; fi
  if has bash && has timeout; then
    printf 'portchart %s' "$1" | limited bash -c 'exec 3<>"/dev/udp/$1/$2" && cat >&3' bash "$4" "$5" 2>/dev/null
  else
    printf 'portchart %s' "$1" | nc -u -w 1 "$4" "$5" >/dev/null 2>&1
  fi
  tell "$@" skip 'sent; look for it at the destination'
}
"""
_END = """
exit "$failed"
"""
_DNS_ANSWER = f"{DNS_ID.hex()}[89a-f]*"
_NTP_ANSWER = "?[4c]*"
_HTTP = "485454502f312e??20"
"""The digits of "HTTP/1.", any digit and a blank."""
_HTTP_GOOD = f"{_HTTP}3[23]*"
"""A status from 200 to 399."""
_HTTP_ABSENT = f"{_HTTP}343034*"
"""404: the server beyond the proxy has no such page, but it was reached."""


def shell(report: Report) -> Made:
    """The script as UTF-8 text."""
    found = plan(report)
    lines = ["#!/bin/sh", *_DIRECTIVES, *commented("#", heading(report, NOTES, found.inexpressible))]
    if found.sources:
        lines += [_START.format(design=report.design_hash).rstrip(), _TOOLS.rstrip(), *_sources(found)]
        lines.append(_END.strip())
    else:
        lines.append("echo 'The design has nothing to try from a host of its own' >&2")
    return Made(("\n".join(lines) + "\n").encode(), found.inexpressible)


def _sources(found: Plan) -> list[str]:
    names = " ".join(found.sources)
    lines = ["", "case $source in"]
    for source, probes in found.sources.items():
        lines += [f"  {source})", *(f"    {_call(probe)}" for probe in probes), "    ;;"]
    return [
        *lines,
        "  *)",
        f"    echo 'usage: FILE SOURCE; SOURCE is one of: {names}' >&2",
        "    exit 2",
        "    ;;",
        "esac",
    ]


def _call(probe: Probe) -> str:
    end = f"{probe.id} '{probe.flow}' {probe.kind} {probe.host} {probe.port} '{probe.name}'"
    match probe.kind:
        case "dns":
            return f"asked '{_escaped(dns_query(probe.name))}' '{_DNS_ANSWER}' '' udp {end}"
        case "ntp":
            return f"asked '{_escaped(NTP_QUERY)}' '{_NTP_ANSWER}' '' udp {end}"
        case "connect":
            return f"asked '{_escaped(request(probe))}' '{_HTTP_GOOD}' '' tcp {end}"
        case "get":
            return f"asked '{_escaped(request(probe))}' '{_HTTP_GOOD}' '{_HTTP_ABSENT}' tcp {end}"
        case kind:
            return f"{kind} {end}"


def _escaped(data: bytes) -> str:
    """Bytes as the shell's printf writes them for %b: letters and digits as they are, the rest in octal."""
    return "".join(
        chr(byte)
        if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in ".:/ -")
        else f"\\0{byte:03o}"
        for byte in data
    )
