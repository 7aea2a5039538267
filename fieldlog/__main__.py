"""Run the command line as ``python -m fieldlog``."""

from fieldlog.cli import main

if __name__ == "__main__":
    main(prog_name="fieldlog")
