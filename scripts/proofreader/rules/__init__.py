"""The laws, by family: each module files its own, so that RULES is whole for whoever imports it
from here."""

from proofreader.rule import RULES
from proofreader.rules import (  # noqa: F401
    blocks,
    external,
    figures,
    files,
    forms,
    headings,
    links,
    notes,
    parity,
    terms,
    translation,
)

__all__ = ["RULES"]
