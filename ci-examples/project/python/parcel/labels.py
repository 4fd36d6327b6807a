"""Labels, and the printer they go to."""
import subprocess
import os


def label(name, street):
    """Two lines; the printer cuts what is longer than thirty columns."""
    return "%s\n%s" % (name, street[:30])


def send(path, printer):
    """Hands a file to the printer."""
    return subprocess.call("lp -d %s %s" % (printer, path), shell=True)
