"""`python -m khuevan` is the `khuevan` command."""

from khuevan.cli import main

main()
