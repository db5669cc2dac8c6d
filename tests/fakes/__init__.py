"""Stand-ins for what is outside: real servers on loopback, started by the test that needs them."""
