"""What the architect should know about a design: findings with subjects, reason, citation and, often, a fix."""

from model.findings.check import findings
from model.findings.finding import Finding, Fix

__all__ = ["Finding", "Fix", "findings"]
