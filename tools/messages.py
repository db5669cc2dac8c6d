"""Compiles our message catalogues; with --check, says what is stale, untranslated or in no catalogue at all.

The check reads Wagtail's messages too: its own Vietnamese is not whole, ours fills it up, and its next version
brings new ones.

The compiled files are kept in the repository, so that running needs neither gettext nor polib.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SITE = Path(polib.__file__).parent
LANGUAGE = "vi"
# Function → the places of context, message and plural among its arguments.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
Message = tuple[str | None, str]


def compiled(catalogue: polib.POFile) -> bytes:
    """The catalogue in binary form; the same input gives the same bytes."""
    return bytes(catalogue.to_binary())


def messages_of(source: str) -> Iterator[tuple[Message, int]]:
    """The messages that Python source asks for, each as (context, text) with its line."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in FUNCTIONS:
            continue
        context_at, message_at, _plural = FUNCTIONS[name]
        values = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
        message = values[message_at] if message_at < len(values) else None
        context = values[context_at] if context_at is not None and context_at < len(values) else None
        if isinstance(message, str) and (context is None or isinstance(context, str)):
            yield (context, message), node.lineno


def messages_of_template(source: str) -> Iterator[tuple[Message, int]]:
    """The messages that a template asks for. Django turns a template into lines of gettext calls."""
    # Only the check needs Django, and compiling must work without settings.
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    call = re.compile(r"""\b(n?p?gettext)\((?:u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:, *)?)+""")
    argument = re.compile(r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
    for number, line in enumerate(templatize(source).splitlines(), start=1):
        for found in call.finditer(line):
            values = [ast.literal_eval(text) for text in argument.findall(found.group(0))]
            context_at, message_at, _plural = FUNCTIONS[found.group(1)]
            yield (None if context_at is None else values[context_at], values[message_at]), number


def installed_apps() -> list[str]:
    """The names of INSTALLED_APPS."""
    source = (ROOT / "khuevan" / "settings" / "base.py").read_text(encoding="utf-8")
    # Read, not imported: settings look at the environment, and the check has none to give.
    names: list[str] = next(
        ast.literal_eval(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "INSTALLED_APPS" for target in node.targets)
    )
    # The accounts' app stands in the list under the name of our configuration of it.
    return [*names, "wagtail.users"]


def known_messages(domain: str) -> set[tuple[str | None, str, bool]]:
    """Every message with a translation, as (context, text, whether it has a plural): ours and the installed apps'.

    Only what Django reads counts: the catalogues of an app that is not installed translate nothing.
    """
    file = Path("locale") / LANGUAGE / "LC_MESSAGES" / f"{domain}.po"
    others = [SITE / "django" / "conf", *(SITE / app.replace(".", "/") for app in installed_apps())]
    paths = [*(ROOT / "khuevan").glob(f"**/{file}"), *(folder / file for folder in others)]
    return {
        (entry.msgctxt, entry.msgid, bool(entry.msgid_plural))
        for path in paths
        if path.exists()
        for entry in polib.pofile(str(path), encoding="utf-8")
        if entry.translated()
    }


def missing_messages() -> Iterator[str]:
    """A line for each message of our code that no catalogue holds."""
    known = {(context, text) for context, text, _plural in known_messages("django")}
    for path in sorted((ROOT / "khuevan").rglob("*")):
        if "migrations" in path.parts or path.suffix not in {".py", ".html", ".txt"}:
            continue
        if path.suffix == ".txt" and "templates" not in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        found = messages_of(source) if path.suffix == ".py" else messages_of_template(source)
        for message, line in found:
            if message not in known:
                yield f"{path.relative_to(ROOT)}:{line}: in no catalogue: {message[1]!r}"


def untranslated_of_wagtail() -> Iterator[str]:
    """A line for each message of an installed app of Wagtail that would show in English on a staff page."""
    for domain in ("django", "djangojs"):
        known = known_messages(domain)
        for app in installed_apps():
            path = SITE / app.replace(".", "/") / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
            if not (app.startswith("wagtail") and path.exists()):
                continue
            for entry in polib.pofile(str(path), encoding="utf-8"):
                places = [place for place, _line in entry.occurrences]
                # The names of apps stand in their configuration, and on no page.
                if entry.obsolete or all(place.endswith("apps.py") for place in places):
                    continue
                if (entry.msgctxt, entry.msgid, bool(entry.msgid_plural)) not in known:
                    yield f"{app}, {places[0]}: Wagtail has no Vietnamese, nor have we: {entry.msgid!r}"


def conflicting_translations() -> Iterator[str]:
    """A line for each message that two of our catalogues translate differently.

    Django puts all catalogues into one: the app that stands first would speak for the others.
    """
    first: dict[tuple[str | None, str, bool], tuple[object, Path]] = {}
    for path in sorted((ROOT / "khuevan").glob(f"**/locale/{LANGUAGE}/LC_MESSAGES/*.po")):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            words: object = entry.msgstr_plural or entry.msgstr
            known = first.setdefault((entry.msgctxt, entry.msgid, bool(entry.msgid_plural)), (words, path))
            if known[0] != words:
                yield (
                    f"{path.relative_to(ROOT)}:{entry.linenum}: {entry.msgid!r} is translated otherwise in "
                    f"{known[1].relative_to(ROOT)}; give it a context"
                )


def main() -> int:
    """How it ended: 0 where all is compiled and translated."""
    checking = "--check" in sys.argv
    problems: list[str] = []
    paths = sorted((ROOT / "khuevan").glob("**/locale/*/LC_MESSAGES/*.po"))
    for path in paths:
        name = path.relative_to(ROOT)
        # Duplicate messages would silently hide one translation.
        catalogue = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True)
        for entry in (*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()):
            problems.append(f"{name}:{entry.linenum}: no translation of {entry.msgid!r}")
        binary = compiled(catalogue)
        target = path.with_suffix(".mo")
        if checking:
            if not target.exists() or target.read_bytes() != binary:
                problems.append(f"{name}: compiled file is stale; run `make messages`")
        else:
            target.write_bytes(binary)
    if checking:
        problems += missing_messages()
        problems += untranslated_of_wagtail()
        problems += conflicting_translations()
    print("\n".join(problems) or f"{len(paths)} catalogues complete and compiled")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
