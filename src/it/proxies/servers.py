"""Starts Mediakeep, and proxies before it."""

import pathlib
import socket
import subprocess
import sys
import tempfile
import time

import recipes

ROOT = pathlib.Path(__file__).parents[3]


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
    process.kill()
    sys.exit(f"{process.args[0]} does not listen:\n{log.read_text()}")


def mediakeep(directory, homeserver_port):
    """Starts the WAR; returns the process and its port."""
    port = free_port()
    (directory / "mediakeep.yaml").write_text(
        f"server-name: example.org\nlisten: {{port: {port}}}\ntrusted-proxies: [127.0.0.1]\n"
        f"auth: {{homeserver-url: 'http://127.0.0.1:{homeserver_port}'}}\nremote: {{enabled: false}}\n"
        "outbound: {allowed-networks: [127.0.0.1/32]}\n"
        "rate-limits: {download: {per-second: 0.1, burst: 300}, upload: {per-second: 1000, burst: 10000}}\n")
    return start(directory, port), port


def start(directory, port):
    """Starts the WAR with the configuration in a directory."""
    log = directory / "mediakeep.log"
    process = subprocess.Popen(
        ["java", "-Xmx256m", "-jar", ROOT / "target/mediakeep.war"], cwd=directory, stdout=open(log, "a"), stderr=subprocess.STDOUT)
    await_port(port, process, log)
    return process


def certificate(directory):
    pem, key = directory / "matrix.example.org.pem", directory / "matrix.example.org.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=matrix.example.org",
                    "-keyout", key, "-out", pem], check=True, capture_output=True)
    pem.write_text(pem.read_text() + key.read_text())  # HAProxy reads both from one file


def behind(name, port, homeserver_port, do):
    """Starts a proxy before a port, does something with the site, and ends it."""
    with tempfile.TemporaryDirectory(prefix=f"mediakeep-{name}-") as directory:
        directory = pathlib.Path(directory)
        directory.chmod(0o755)
        certificate(directory)
        run = recipes.Run(directory, free_port(), free_port(), port, homeserver_port)
        process = recipes.start(name, run)
        try:
            await_port(run.front, process, directory / "output.log")
            do(run)
        finally:
            process.terminate()
            process.wait(30)
