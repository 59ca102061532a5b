"""The tests as one PowerShell script: run at a source with its id, it prints a JSON object a line for each probe.

It needs Windows PowerShell 5.1 or PowerShell 7, and .NET alone. UTF-8 with a byte order mark, which the former wants.
"""

from __future__ import annotations

from base64 import b64encode

from exports.connectivity.probes import DNS_ID, NTP_QUERY, Plan, Probe, dns_query, plan, request
from exports.firewall.artefact import Made
from exports.firewall.heading import commented, heading
from exports.report import Report
from model.frozen import Bilingual

NOTES = (
    Bilingual(
        en="Run at the source: FILE -Source ID > results.jsonl. Ends with 0 when nothing failed, else with 1. Read the "
        "results back with: portchart import-records DESIGN results.jsonl",
        ja="送信元で実行: FILE -Source ID > results.jsonl。失敗がなければ 0、あれば 1 で終了する。"
        "結果の取り込み: portchart import-records DESIGN results.jsonl",
    ),
)

_START = """[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet({sources})] [string] $Source,
    [int] $Seconds = 5
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$design = '{design}'
$machine = [Environment]::MachineName -replace '[^A-Za-z0-9.-]', ''
$script:failed = 0"""
_TOOLS = r"""
function Write-Result($Probe, $Result, $Detail) {
    if ($Result -eq 'fail') { $script:failed = 1 }
    $time = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    [pscustomobject][ordered]@{
        id = $Probe.id; flow = $Probe.flow; kind = $Probe.kind; host = $Probe.host; port = $Probe.port
        name = $Probe.name; result = $Result; detail = $Detail; source = $Source; machine = $machine
        time = $time; design = $design
    } | ConvertTo-Json -Compress
}

function Test-Name($Probe) {
    try {
        [void] [Net.Dns]::GetHostAddresses($Probe.host)
        return $true
    } catch {
        return $false
    }
}

function Open-Connection($Probe) {
    $client = [Net.Sockets.TcpClient]::new()
    try {
        if ($client.ConnectAsync($Probe.host, $Probe.port).Wait($Seconds * 1000)) { return $client }
    } catch {
        Write-Verbose $_
    }
    $client.Dispose()
    return $null
}

function Get-TcpAnswer($Probe, [byte[]] $Bytes) {
    $client = Open-Connection $Probe
    if ($null -eq $client) { return '' }
    try {
        $stream = $client.GetStream()
        $stream.ReadTimeout = $Seconds * 1000
        $stream.Write($Bytes, 0, $Bytes.Length)
        $buffer = [byte[]]::new(512)
        $length = $stream.Read($buffer, 0, 512)
        return [BitConverter]::ToString($buffer, 0, $length).Replace('-', '').ToLowerInvariant()
    } catch {
        Write-Verbose $_
        return ''
    } finally {
        $client.Dispose()
    }
}

function Get-UdpAnswer($Probe, [byte[]] $Bytes, [bool] $Wait) {
    try {
        $address = [Net.Dns]::GetHostAddresses($Probe.host)[0]
        $client = [Net.Sockets.UdpClient]::new($address.AddressFamily)
    } catch {
        return ''
    }
    try {
        $client.Client.ReceiveTimeout = $Seconds * 1000
        $client.Connect($address, $Probe.port)
        [void] $client.Send($Bytes, $Bytes.Length)
        if (-not $Wait) { return '' }
        $from = [Net.IPEndPoint]::new([Net.IPAddress]::Any, 0)
        $answer = $client.Receive([ref] $from)
        return [BitConverter]::ToString($answer).Replace('-', '').ToLowerInvariant()
    } catch {
        Write-Verbose $_
        return ''
    } finally {
        $client.Dispose()
    }
}

function Test-Handshake($Probe) {
    $client = Open-Connection $Probe
    if ($null -eq $client) { return $false }
    try {
        $stream = $client.GetStream()
        $stream.ReadTimeout = $Seconds * 1000
        # Only the way is tried: whose certificate it is, is another question.
        $secure = [Net.Security.SslStream]::new($stream, $false, { $true })
        $secure.AuthenticateAsClient($Probe.host)
        return $true
    } catch {
        Write-Verbose $_
        return $false
    } finally {
        $client.Dispose()
    }
}

function Write-Answer($Probe, $Found) {
    if ($Found -eq '') { Write-Result $Probe 'fail' 'no answer' }
    elseif ($Found -match $Probe.expected) { Write-Result $Probe 'pass' 'answered' }
    else { Write-Result $Probe 'fail' 'another answer than expected' }
}

function Test-Probe($Probe) {
    $bytes = [Convert]::FromBase64String($Probe.query)
    switch ($Probe.kind) {
        'resolve' {
            if (Test-Name $Probe) { Write-Result $Probe 'pass' 'resolved' }
            else { Write-Result $Probe 'fail' 'not resolved' }
        }
        { $_ -in 'tcp', 'closed' } {
            $client = Open-Connection $Probe
            $open = $null -ne $client
            if ($open) { $client.Dispose() }
            if ($Probe.kind -eq 'closed') {
                if ($open) { Write-Result $Probe 'fail' 'connected although it must stay closed' }
                # What a name does not lead to is not reached, closed or open: that is no evidence.
                elseif (-not (Test-Name $Probe)) { Write-Result $Probe 'skip' 'not resolved' }
                else { Write-Result $Probe 'pass' 'refused or timed out' }
            }
            elseif ($open) { Write-Result $Probe 'pass' 'connected' }
            else { Write-Result $Probe 'fail' 'refused or timed out' }
        }
        'tls' {
            if (Test-Handshake $Probe) { Write-Result $Probe 'pass' 'handshake' }
            else { Write-Result $Probe 'fail' 'no handshake' }
        }
        { $_ -in 'dns', 'ntp' } { Write-Answer $Probe (Get-UdpAnswer $Probe $bytes $true) }
        { $_ -in 'connect', 'get' } { Write-Answer $Probe (Get-TcpAnswer $Probe $bytes) }
        'send' {
            [void] (Get-UdpAnswer $Probe $bytes $false)
            Write-Result $Probe 'skip' 'sent; look for it at the destination'
        }
    }
}
"""
_END = """foreach ($probe in $probes) { Test-Probe $probe }
exit $script:failed"""

_HTTP = "^485454502f312e3.20"
_EXPECTED = {
    "dns": f"^{DNS_ID.hex()}[89a-f]",
    "ntp": "^.[4c]",
    "connect": f"{_HTTP}3[23]",
    "get": f"{_HTTP}3([23]|43034)",
}


def powershell(report: Report) -> Made:
    """The script as UTF-8 text with a byte order mark and CR LF line ends."""
    found = plan(report)
    lines = commented("#", heading(report, NOTES, found.inexpressible))
    if found.sources:
        sources = ", ".join(f"'{source}'" for source in found.sources)
        lines += _START.format(sources=sources, design=report.design_hash).splitlines()
        lines += _TOOLS.rstrip().splitlines()
        lines += ["", *_probes(found), *_END.splitlines()]
    else:
        lines.append("Write-Warning 'The design has nothing to try from a host of its own'")
    return Made(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"), found.inexpressible)


def _probes(found: Plan) -> list[str]:
    lines = ["$probes = switch ($Source) {"]
    for source, probes in found.sources.items():
        lines += [f"    '{source}' {{", *(f"        {_object(probe)}" for probe in probes), "    }"]
    return [*lines, "}"]


def _object(probe: Probe) -> str:
    query = {
        "dns": lambda: dns_query(probe.name),
        "ntp": lambda: NTP_QUERY,
        "connect": lambda: request(probe),
        "get": lambda: request(probe),
        "send": lambda: f"portchart {probe.id}".encode("ascii"),
    }.get(probe.kind, bytes)()
    texts = {"id": probe.id, "flow": probe.flow, "kind": probe.kind, "host": probe.host, "name": probe.name}
    texts |= {"query": b64encode(query).decode("ascii"), "expected": _EXPECTED.get(probe.kind, "")}
    fields = "; ".join(f"{key} = '{text}'" for key, text in texts.items())
    return f"[pscustomobject]@{{ {fields}; port = {probe.port} }}"
