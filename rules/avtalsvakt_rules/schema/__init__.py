"""The rule language as a JSON Schema, for editors that complete and check while one writes."""
