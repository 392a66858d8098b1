"""Files of evidence, as files: received, looked into by a child process with limits, kept under their SHA-256, shown.

The bytes of a file are never parsed in the server's process and never reach a browser inline. What a file proves, and
who may see it, is not known here.
"""
