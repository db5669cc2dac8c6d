"""How the newsroom's records read on screen and in mails."""
