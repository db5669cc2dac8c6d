"""Formulas of computed indicators: sums, differences, products and rates of other indicators.

    tin_tieng_anh + tin_tieng_phap
    100 * nhiem_vu_xong / nhiem_vu_den_han

A formula over a figure that is missing has no value: a sum that leaves a unit out would look whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from enum import StrEnum
from typing import Final

MOST_CHARACTERS: Final = 500
DEEPEST: Final = 20
# Digits kept while computing; what is printed is rounded by whoever prints it.
PRECISION: Final = 28
_TOKEN: Final = re.compile(r"\s*(?:(?P<number>\d+(?:[.,]\d+)?)|(?P<code>[a-z][a-z0-9_]*)|(?P<sign>[-+*/()]))")


class FormulaProblem(StrEnum):
    """What can be wrong with a formula, as an English sentence with gaps."""

    TOO_LONG = "A formula has at most {most} characters."
    NO_PART = "“{text}” at character {place} is no part of a formula."
    EMPTY = "The formula is empty."
    MISPLACED = "“{text}” at character {place} does not belong there."
    TOO_DEEP = "Brackets stand in one another more than {most} deep."
    NOT_CLOSED = "A bracket is not closed."
    ENDS = "The formula ends where a figure was expected."
    NO_FIGURE = "“{text}” at character {place} stands where a figure was expected."
    CIRCLE = "These formulas read each other in a circle: {circle}."


class BadFormula(ValueError):
    """The formula cannot be understood; the message says where. `problem` and `values` say it in another language."""

    def __init__(self, problem: FormulaProblem, **values: object) -> None:
        super().__init__(problem.format(**values))
        self.problem, self.values = problem, values


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands under one of + - * /."""

    sign: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Negative:
    """The negative of a term."""

    of: Term


Term = Operation | Negative | Decimal | str


def parsed(text: str) -> Term:
    """The formula as a tree: numbers as Decimal, codes of indicators as text. Raises BadFormula."""
    if len(text) > MOST_CHARACTERS:
        raise BadFormula(FormulaProblem.TOO_LONG, most=MOST_CHARACTERS)
    return _Parser(text).whole()


def codes_in(term: Term) -> frozenset[str]:
    """The codes of the indicators that the formula reads."""
    if isinstance(term, Operation):
        return codes_in(term.left) | codes_in(term.right)
    if isinstance(term, Negative):
        return codes_in(term.of)
    return frozenset({term}) if isinstance(term, str) else frozenset()


def value_of(term: Term, figures: Mapping[str, Decimal | None]) -> Decimal | None:
    """What the formula yields; None where a figure that it reads is missing, or a divisor is zero."""
    with localcontext() as context:
        context.prec = PRECISION
        try:
            return _value(term, figures)
        except (DivisionByZero, InvalidOperation):
            return None


def order_of(formulas: Mapping[str, Term]) -> tuple[str, ...]:
    """The codes of computed indicators, each behind those that it reads. Raises BadFormula for a circle."""
    done: dict[str, None] = {}
    under_way: list[str] = []

    def visit(code: str) -> None:
        if code in done or code not in formulas:
            return
        if code in under_way:
            circle = " → ".join([*under_way[under_way.index(code) :], code])
            raise BadFormula(FormulaProblem.CIRCLE, circle=circle)
        under_way.append(code)
        for read in sorted(codes_in(formulas[code])):
            visit(read)
        under_way.pop()
        done[code] = None

    for code in formulas:
        visit(code)
    return tuple(done)


def computed(
    formulas: Mapping[str, Term], figures: Mapping[str, Decimal | None]
) -> dict[str, Decimal | None]:
    """The values of all computed indicators, those that read others computed after them."""
    known = dict(figures)
    found: dict[str, Decimal | None] = {}
    for code in order_of(formulas):
        found[code] = known[code] = value_of(formulas[code], known)
    return found


def unknown_codes(formulas: Mapping[str, Term], known: Collection[str]) -> dict[str, frozenset[str]]:
    """For each computed indicator, the codes that it reads and nobody defines; only where there are any."""
    defined = {*known, *formulas}
    missing = {code: codes_in(term) - defined for code, term in formulas.items()}
    return {code: codes for code, codes in missing.items() if codes}


def _value(term: Term, figures: Mapping[str, Decimal | None]) -> Decimal | None:
    if isinstance(term, Decimal):
        return term
    if isinstance(term, str):
        return figures.get(term)
    if isinstance(term, Negative):
        inner = _value(term.of, figures)
        return None if inner is None else -inner
    left, right = _value(term.left, figures), _value(term.right, figures)
    if left is None or right is None:
        return None
    if term.sign == "+":
        return left + right
    if term.sign == "-":
        return left - right
    if term.sign == "*":
        return left * right
    return left / right


class _Parser:
    """Reads one formula from left to right: products before sums, brackets before both."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, int]] = []
        end = len(text.rstrip())
        at = 0
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                rest = text[at:].lstrip()
                raise BadFormula(
                    FormulaProblem.NO_PART, text=rest.rstrip()[:20], place=len(text) - len(rest) + 1
                )
            kind = str(match.lastgroup)
            self._tokens.append((kind, match.group(kind), match.start(kind) + 1))
            at = match.end()
        self._at = 0
        self._depth = 0

    def whole(self) -> Term:
        if not self._tokens:
            raise BadFormula(FormulaProblem.EMPTY)
        term = self._sum()
        if self._at < len(self._tokens):
            _kind, text, place = self._tokens[self._at]
            raise BadFormula(FormulaProblem.MISPLACED, text=text, place=place)
        return term

    def _sum(self) -> Term:
        term = self._product()
        while (sign := self._sign("+-")) is not None:
            term = Operation(sign, term, self._product())
        return term

    def _product(self) -> Term:
        term = self._single()
        while (sign := self._sign("*/")) is not None:
            term = Operation(sign, term, self._single())
        return term

    def _single(self) -> Term:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadFormula(FormulaProblem.TOO_DEEP, most=DEEPEST)
        try:
            if self._sign("-") is not None:
                return Negative(self._single())
            if self._sign("(") is not None:
                term = self._sum()
                if self._sign(")") is None:
                    raise BadFormula(FormulaProblem.NOT_CLOSED)
                return term
            if self._at == len(self._tokens):
                raise BadFormula(FormulaProblem.ENDS)
            kind, text, place = self._tokens[self._at]
            if kind == "sign":
                raise BadFormula(FormulaProblem.NO_FIGURE, text=text, place=place)
            self._at += 1
            return text if kind == "code" else Decimal(text.replace(",", "."))
        finally:
            self._depth -= 1

    def _sign(self, signs: str) -> str | None:
        if self._at < len(self._tokens):
            kind, text, _place = self._tokens[self._at]
            if kind == "sign" and text in signs:
                self._at += 1
                return text
        return None
