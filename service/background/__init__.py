"""Work that nobody waits for: sending texts, and the tick that mends what a crash left behind."""
