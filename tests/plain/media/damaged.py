"""Files with bytes changed, removed, doubled or put in: what reaches a reader by accident or by intent."""

from __future__ import annotations

import random


def damaged(data: bytes, chance: random.Random, pieces: tuple[bytes, ...] = ()) -> bytes:
    """The bytes with a few of them changed; now and then one of `pieces` is put in, or the end is cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not changed:
            break
        at = chance.randrange(len(changed))
        length = chance.choice((1, 1, 2, 4, 8, 40))
        match chance.randrange(7):
            case 0 | 1:
                changed[at] = chance.randrange(256)
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = chance.randbytes(length)
            case 4:
                changed[at:at] = changed[at : at + length]
            case 5:
                changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
            case _:
                if pieces:
                    changed[at:at] = chance.choice(pieces)
                elif chance.random() < 0.3:
                    del changed[at:]
    return bytes(changed)
