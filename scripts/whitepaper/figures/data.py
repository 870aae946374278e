"""What figures are made of: docs/data/figures.toml, held to the types of their kinds."""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from whitepaper.data import Entry

SOURCE = "docs/data/figures.toml"
Tone = Literal["dream", "black", "hard", "high", "plain"]  # the levels of the pyramid


class Words(Entry, frozen=True):
    """One wording in every language."""

    zh: Annotated[str, msgspec.Meta(pattern=r"\S")]
    en: Annotated[str, msgspec.Meta(pattern=r"\S")]

    def __getitem__(self, lang: str) -> str:
        return str(getattr(self, lang))


Problem = tuple[Words, str]  # a wording, whose line it is told at; the law that is broken there


class Figure(Entry, frozen=True, tag_field="kind"):
    """What the data has of every figure. Each kind adds what its drawing needs, and what its
    template asks for.
    """

    title: Words
    description: Words

    @property
    def kind(self) -> str:
        return str(self.__struct_config__.tag)

    def table(self) -> list[list[Words]]:
        """The same facts as rows of words, of which the first is the heads."""
        raise NotImplementedError

    def problems(self) -> Iterator[Problem]:
        """What types cannot say of the data."""
        yield from ()
