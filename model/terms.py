"""The words in which rules and flows are told, each a closed set."""

from typing import Literal

Transport = Literal["tcp", "udp"]
Scope = Literal["network", "host"]
"""Between two components, or within one's own host."""
Necessity = Literal["required", "conditional", "optional"]
