"""An archive of the register that others can read and verify without the program."""
