"""Runs the checks before each proxy that is named, or that is installed, and prints a table of what was seen."""

import argparse
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

import checks
import framing
import homeserver
import recipes
from tap import Tap

ROOT = pathlib.Path(__file__).parents[3]
TOGETHER = (checks.a_download_waits, checks.a_slow_reader)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def await_port(port, process, log):
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{process.args[0]} does not listen:\n{log.read_text()}")


def mediakeep(folder, homeserver_port):
    """Starts the WAR; answers the process and its port."""
    port = free_port()
    (folder / "mediakeep.yaml").write_text(
        f"server-name: example.org\nlisten: {{port: {port}}}\ntrusted-proxies: [127.0.0.1]\n"
        f"auth: {{homeserver-url: 'http://127.0.0.1:{homeserver_port}'}}\nremote: {{enabled: false}}\n"
        "rate-limits: {download: {per-second: 0.1, burst: 300}, upload: {per-second: 1000, burst: 10000}}\n")
    log = folder / "mediakeep.log"
    process = subprocess.Popen(
        ["java", "-Xmx256m", "-jar", ROOT / "target/mediakeep.war"], cwd=folder, stdout=open(log, "w"), stderr=subprocess.STDOUT)
    await_port(port, process, log)
    return process, port


def certificate(folder):
    pem, key = folder / "matrix.example.org.pem", folder / "matrix.example.org.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=matrix.example.org",
                    "-keyout", key, "-out", pem], check=True, capture_output=True)
    pem.write_text(pem.read_text() + key.read_text())  # HAProxy reads both from one file


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


def behind(name, port, homeserver_port, data, do):
    """Starts a proxy before a port, does something with the site, and ends it."""
    with tempfile.TemporaryDirectory(prefix=f"mediakeep-{name}-") as folder:
        folder = pathlib.Path(folder)
        folder.chmod(0o755)
        certificate(folder)
        run = recipes.Run(folder, free_port(), free_port(), port, homeserver_port)
        process = recipes.start(name, run)
        try:
            await_port(run.front, process, folder / "output.log")
            do(run)
        finally:
            process.terminate()
            process.wait(30)


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

    behind(name, port, homeserver_port, data, directly)
    behind(name, tap.port, homeserver_port, data, listening)
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
        with tempfile.TemporaryDirectory(prefix="mediakeep-") as folder:
            folder = pathlib.Path(folder)
            process, port = mediakeep(folder, homeserver_port)
            try:
                rows[name] = check(name, port, homeserver_port, folder / "data", asked.quick)
            finally:
                process.terminate()
                process.wait(60)
    for name in rows:
        failed = sum(result.startswith("FAILED") for _, result in rows[name])
        number = re.search("[0-9]+[.][0-9.]+", versions[name]).group()
        print(f"{name} {number}: {len(rows[name]) - failed} passed, {failed} failed")
    sys.exit(any(result.startswith("FAILED") for results in rows.values() for _, result in results))


main()
