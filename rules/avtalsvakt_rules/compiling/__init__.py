"""Rule files become instruments that go together, or everything that is wrong with them."""
