"""Why a file cannot be made anew."""


class UnreadableFileError(Exception):
    """Not a whole file of its kind, or protected."""


class FileTooLargeError(Exception):
    """More picture points, pages or paper than are taken in."""
