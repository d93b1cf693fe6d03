"""The program: run a command, answer refusals in one line, leave with the right status."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line: status 0 done, 1 refused, 2 wrong usage, 130 interrupted."""
    os.umask(0o077)
    from qualcode.cli.app import program
    from qualcode.cli.output import explain
    from qualcode.errors import QualcodeError

    try:
        program(sys.argv[1:])()
    except QualcodeError as error:
        explain(error)
        sys.exit(1)
    except BrokenPipeError:
        # the reader of our output has gone (`| head`); silence the flush at exit as well
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
