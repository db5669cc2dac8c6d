"""Why a picture or file is refused. Each message is one sentence for an officer: what, where, what to do."""

from __future__ import annotations


class MediaError(Exception):
    """The file cannot be taken; the sentence says why and what to do. It never holds text of the file.

    `template` is the English sentence with its places, `parameters` what stands there: a screen says
    `_(error.template).format(**error.parameters)` in its own language.
    """

    def __init__(self, template: str, **parameters: object) -> None:
        """A refusal that says `template` with its parameters filled in."""
        super().__init__(template.format(**parameters))
        self.template = template
        self.parameters = parameters
