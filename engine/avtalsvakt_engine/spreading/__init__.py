"""Judging spread over processes and machines: pieces go out, what they come to comes back in order and is checked."""
