"""What the newsroom's pages take in."""
