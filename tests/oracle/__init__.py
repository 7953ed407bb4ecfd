"""What the engine should say, worked out a second time: slowly, in plain Python, sharing nothing with it but values."""
