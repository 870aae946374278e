"""Names that must differ: each is handed out once."""

from collections import Counter
from collections.abc import Iterable


class Names:
    """What was given already, and the next number behind each name that was asked for again."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self.again: Counter[str] = Counter()

    def take(self, name: str) -> str:
        """The name itself, or with the first number behind it that makes it new."""
        candidate = name
        while candidate in self.taken:
            self.again[name] += 1
            candidate = f"{name}-{self.again[name] + 1}"
        self.taken.add(candidate)
        return candidate
