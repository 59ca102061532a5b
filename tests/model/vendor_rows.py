"""The rows of the document's two tables once more, written down by hand: facts to hold the catalog to."""

Row = list[str]

GOV = "workload.gov-us-1.cloudonegov.trendmicro.com"

# row | source | destinations | ports | protocol as printed (as read, in brackets) | "if any" | lines
_PORTS = """
P01 | administrator       | dns-server               | 53/udp          | DNS             | -                  | 30
P02 | administrator       | ntp-server               | 123/udp         | NTP             | -                  | 31
P03 | administrator       | workload-security        | 443/tcp         | HTTPS           | -                  | 33 35
P04 | workload-security   | siem                     | 514/udp         | Syslog          | destination        | 37 41-44
P05 | workload-security   | siem                     | 6514/tcp        | Syslog over TLS | destination        | 45-47
P06 | workload-security   | agent relay              | 4118/tcp        | HTTPS           | destination        | 49-51 53 55
P07 | agent               | dns-server               | 53/udp          | DNS             | -                  | 56
P08 | agent               | ntp-server               | 123/udp         | NTP             | -                  | 57
P09 | agent               | siem                     | 514/udp         | Syslog          | destination        | 58-60
P10 | agent               | workload-security        | 443/tcp         | HTTPS           | -                  | 62 64
P11 | agent               | relay                    | 4122/tcp        | HTTPS           | destination        | 65-67
P12 | agent               | smart-protection-network | 80/tcp          | HTTP            | -                  | 68
P13 | agent               | smart-protection-network | 443/tcp         | HTTPS           | -                  | 69
P14 | agent               | service-gateway          | 8080/tcp        | HTTP            | -                  | 70-72
P15 | agent               | smart-protection-server  | 80/tcp          | HTTP            | -                  | 73-75
P16 | agent               | smart-protection-server  | 443/tcp         | HTTPS           | -                  | 73 74 76
P17 | agent               | smart-protection-server  | 5274/tcp        | HTTP            | -                  | 77-79
P18 | agent               | smart-protection-server  | 5275/tcp        | HTTPS           | -                  | 77 78 80
P19 | relay               |                          |                 |                 | -                  | 81-83
P20 | relay               | relay                    | 4122/tcp        | HTTPS           | destination        | 84-86
P21 | relay               | relay                    | 4123/tcp        | (loopback)      | destination        | 88 89 91 93
P22 | relay               | update-server            | 80/tcp          | HTTP            | -                  | 95 97
P23 | relay               | update-server            | 443/tcp         | HTTP            | -                  | 95 98
P24 | relay               | download-center software-mirror | 443/tcp         | HTTPS           | software-mirror    | 100-102 104
P25 | data-center-gateway | dns-server               | 53/udp          | DNS             | source             | 105-107
P26 | data-center-gateway | ntp-server               | 123/udp         | NTP             | source             | 108
P27 | data-center-gateway | workload-security        | 443/tcp         | HTTPS           | source             | 109
P28 | data-center-gateway | vcenter                  | 443/tcp         | HTTPS           | source destination | 110
P29 | data-center-gateway | active-directory         | 389/tcp 389/udp | LDAP + STARTTLS | source destination | 111
P30 | data-center-gateway | active-directory         | 636/tcp 636/udp | LDAPS           | source destination | 112
P31 | service-gateway     | dns-server               | 53/udp          | DNS             | source             | 113-115
P32 | service-gateway     | ntp-server               | 123/udp         | NTP             | source             | 116
P33 | service-gateway     | smart-protection-network | 80/tcp          | HTTP            | source             | 117-119
P34 | service-gateway     | smart-protection-network | 443/tcp         | HTTPS           | source             | 117 118 120
P35 | api-client          | workload-security        | 443/tcp         | HTTPS           | source             | 121-123
"""  # noqa: E501 # a row of the table stays on one line

# row | sources | destinations | names ("own": the destination's own; @: GOV) | lines
_URLS = """
U01  | agent relay       | workload-security | @ agents-001.@ agents.@ dsmim.@ relay.@ xdr-resp-gw.@ | 134-136 138 140 144-150 152 154
U02  | agent relay       | download-center software-mirror | files.trendmicro.com own | 156-158 160 161 163 165
U03  | agent relay       | update-server     | iaus.activeupdate.trendmicro.com iaus.trendmicro.com ipv6-iaus.trendmicro.com ipv6-iaus.activeupdate.trendmicro.com | 167 169-172 174 176
U04  | agent relay       | vision-one        | xdr-resp-gw.@     | 178 180 182 184
U05  | agent             | smart-protection-network | dsaas1100-en-census.trendmicro.com | 186 187 189 191 193
U06a | agent             | smart-protection-network | ds200-en.fbs25.trendmicro.com | 195 196 204 206 208
U06b | agent             | smart-protection-network | ds120-en.fbs25.trendmicro.com | 197 198 204 206 208
U06c | agent             | smart-protection-network | deepsecurity1100-en.fbs25.trendmicro.com | 199 200 204 206 208
U06d | agent             | smart-protection-network | deepsecurity1000-en.fbs20.trendmicro.com | 201 202 204 206 208
U07  | agent             | smart-protection-network | dsaas.icrc.trendmicro.com | 210 212 214 216
U08  | agent             | smart-protection-network | dsaas-en-f.trx.trendmicro.com dsaas-en-b.trx.trendmicro.com | 218 219 221 223 225
U09  | agent             | smart-protection-network | deepsecaas11-en.gfrbridge.trendmicro.com | 227 229 231 233
U10  | agent             | smart-protection-network | dsaas.url.trendmicro.com | 235 237 239 241
U11  | agent             | smart-protection-server | own               | 243-245 247 249 251
U12  | workload-security | agent relay       | agents-001.@      | 253 255-257 259 263-265
U13  | data-center-gateway | workload-security | gateway.workload.us-1.cloudone.trendmicro.com gateway-control.workload.us-1.cloudone.trendmicro.com | 266-268 270 272 273 275
U14  | api-client        | workload-security | @ agents-001.@ agents.@ dsmim.@ relay.@ xdr-resp-gw.@ | 277-279 283-289 291
"""  # noqa: E501 # a row of the table stays on one line


def rows(table: str) -> list[Row]:
    """The cells of a table written as text, line by line."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def numbers(text: str) -> tuple[int, ...]:
    """ "41-43 45" as 41, 42, 43, 45."""
    spans = ([int(end) for end in part.split("-")] for part in text.split())
    return tuple(number for span in spans for number in range(span[0], span[-1] + 1))


PORT_ROWS = rows(_PORTS)
URL_ROWS = rows(_URLS.replace("@", GOV))
