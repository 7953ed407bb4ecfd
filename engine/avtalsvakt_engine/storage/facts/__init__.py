"""Facts as they are kept: rows, seals, chain and story, the files they came in, and erasing that keeps the proof."""
