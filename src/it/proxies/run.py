"""Runs the checks before each proxy that is named, or that is installed, and prints a table of the results."""

import argparse
import pathlib
import re
import sys
import tempfile
import threading
import time

import checks
import framing
import homeserver
import recipes
from servers import behind, mediakeep
from tap import Tap

TOGETHER = (checks.a_download_waits, checks.a_slow_reader)


class Results:
    def __init__(self, proxy):
        self.proxy, self.rows = proxy, []

    def run(self, check, *arguments):
        began = time.monotonic()
        try:
            result = check(*arguments) or "ok"
        except Exception as failure:
            result = f"FAILED: {type(failure).__name__}: {failure}"
        self.rows.append((check.__name__, result))
        print(f"{self.proxy:8} {check.__name__.replace('_', ' '):42} {time.monotonic() - began:5.1f} s  {result}", flush=True)


def check(name, port, homeserver_port, data, quick):
    results = Results(name)

    def directly(run):
        site = checks.Site(run.front, run.federation, ("127.0.0.1", port), data, quick)
        waiting = [threading.Thread(target=results.run, args=(one, site)) for one in TOGETHER]
        for one in checks.CHECKS:
            if one not in TOGETHER:
                results.run(one, site)
        for thread in waiting:
            thread.start()
        for thread in waiting:
            thread.join()

    tap = Tap(("127.0.0.1", port))

    def listening(run):
        site = checks.Site(run.front, run.federation, ("127.0.0.1", port), data, quick)
        for one in framing.CHECKS:
            results.run(one, site, tap)

    behind(name, port, homeserver_port, directly)
    behind(name, tap.port, homeserver_port, listening)
    return results.rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds and short waits")
    parser.add_argument("proxies", nargs="*", help=" ".join(recipes.PROXIES))
    asked = parser.parse_args()
    versions = {name: recipes.version(name) for name in asked.proxies or recipes.PROXIES}
    homeserver_port = homeserver.start()
    rows = {}
    for name, version in versions.items():
        if version is None:
            print(f"{name} is not installed: left out")
            continue
        with tempfile.TemporaryDirectory(prefix="mediakeep-") as directory:
            directory = pathlib.Path(directory)
            process, port = mediakeep(directory, homeserver_port)
            try:
                rows[name] = check(name, port, homeserver_port, directory / "data", asked.quick)
            finally:
                process.terminate()
                process.wait(60)
    for name in rows:
        failed = sum(result.startswith("FAILED") for _, result in rows[name])
        number = re.search("[0-9]+[.][0-9.]+", versions[name]).group()
        print(f"{name} {number}: {len(rows[name]) - failed} passed, {failed} failed")
    sys.exit(any(result.startswith("FAILED") for results in rows.values() for _, result in results))


if __name__ == "__main__":
    main()
