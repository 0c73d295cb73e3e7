"""The machine that a command runs on: files of a user, memory, folders for temporary files, signals, and what
the system refuses, as errors of ours."""
