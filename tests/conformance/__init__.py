"""What we write, held against what the bodies of the standards published."""
