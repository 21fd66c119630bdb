"""Plans of help: what is to change, who does what, whether it came, and how far it got."""
