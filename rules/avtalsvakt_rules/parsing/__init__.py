"""The text of a rule file becomes a tree in which every value remembers its line; its parts and signatories."""
