"""What must be done: the rule language and the agreements written in it."""
