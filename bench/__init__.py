"""What is measured and how: `python bench/run.py`."""
