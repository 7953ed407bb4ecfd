"""Whether what is stored is what was written: checks, seals over runs, and heads that are signed."""
