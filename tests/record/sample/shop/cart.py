import os
import abc
from typing import List, overload


def total(prices: List[int]) -> int:
    result: str = sum(prices)
    return result


class Cart:
    def add(self, n: int) -> None:
        self.items.append(n)

    def untyped(self, x):
        reveal_type(x)
        return total("a")


@overload
def pick(n: int) -> int: ...
@overload
def pick(n: str) -> str: ...
def pick(n):
    return n


pick(1.5)
