"""Reads of reporting, one module an idea."""
