"""The laws, by family: each module files its own, so that RULES is whole for whoever imports it from here."""

from proofreader.rule import RULES  # noqa: F401
from proofreader.rules import (
    addresses,
    blocks,
    copy,
    figures,
    files,
    headings,
    links,
    markup,
    nav,
    parity,
    terms,
    translation,
)  # noqa: F401
