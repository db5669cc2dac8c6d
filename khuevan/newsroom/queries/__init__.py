"""Reads of the newsroom, named by what they return."""
