"""Display out: pure functions from plain values to what templates print."""
