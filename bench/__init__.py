"""`scripts/bench`: how much of a processor the screens and the window cost, measured against bare Flask."""
