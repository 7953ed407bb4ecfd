"""The rule language: which keys a file may have, and the frozen values that they become."""
