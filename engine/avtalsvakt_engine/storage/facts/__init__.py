"""Facts as they are kept: their rows, seals and chain, the files they came in, and erasing that keeps the proof."""
