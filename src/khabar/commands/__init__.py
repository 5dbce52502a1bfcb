"""The commands of `khabar`, one module each, loaded when called."""
