"""The writer of official documents: one `Composition` → PDF, Word, HTML, laid out as a regulation sets it.

No Django, no network, no clock. `composition` holds the structure, `layout_rules` what a regulation sets,
`arrangement` the words as they are printed; `pdf`, `word` and `web` set them.
"""
