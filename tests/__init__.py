"""The tests of Khuê Văn; they mirror `khuevan/`."""
