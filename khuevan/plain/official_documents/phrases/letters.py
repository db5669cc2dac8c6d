"""The letters of Vietnamese by case, for character classes: ranges of code points mix the two cases."""

from __future__ import annotations

LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"  # inside [...]
UPPER = "A-Z" + LOWER.removeprefix("a-z").upper()
