"""From lines and tables to structure: what an official document says, in the contract's terms.

The stages, each a module that can be read alone:

1. `crawl_marks`: web text loses its `|`, `*` and rules; cells one to a line become tables again.
2. `flat_tables`: tables whose cells stand one to a line without any mark become tables again.
3. `paragraphs`: lines that the page or the crawler broke are joined; page numbers go.
4. `page_head`, `page_tail`: the head of the page; recipients and signature.
5. `labels`, `outline`: which paragraph is numbered how, and the tree that the numbers make.
6. `section_kinds`: which section orders work, which organises it, which only explains.
7. `obligations`, `table_rows`: tasks and duties.
8. `task_matching`: which task a duty probably carries out.
9. `slips`: what looks like a mistake of the document, told and never mended.
10. `reading`: the stages in order.
"""

from .reading import read_source

__all__ = ["read_source"]
