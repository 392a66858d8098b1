"""Speed and size, measured on this machine: `make bench`. Never a test, never in CI. See docs/vitesse.md."""
