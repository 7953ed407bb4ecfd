"""Runs: what may have changed is judged again and kept, and a run that was kept can be proven."""
