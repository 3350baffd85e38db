"""Row changes for subscribers: what they asked for, what they may see, and how it is told."""
