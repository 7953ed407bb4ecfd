"""One duty is held against its evidence and judged."""
