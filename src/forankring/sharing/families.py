"""Turn pairs that belong together into families: the classic disjoint sets, the smallest number their root."""


class Families:
    """Numbers from 0, each at first alone."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, number: int) -> int:
        """Return the smallest number of the family."""
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one family of two."""
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first
