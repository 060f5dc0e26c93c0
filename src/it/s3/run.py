"""Starts Swift and Mediakeep with a bucket there, and runs the checks."""

import pathlib
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
sys.path += [str(HERE.parent / "proxies"), str(HERE.parent / "clients")]

import bucket  # noqa: E402
import checks  # noqa: E402
from samples import picture  # noqa: E402
from servers import ROOT, await_port, free_port, start  # noqa: E402
from wire import Client  # noqa: E402

CONFIG = """\
server-name: example.org
listen: {{port: {port}}}
auth: {{tokens: [{{token: operators-token, user: '@operator:example.org', admin: true}}]}}
remote: {{enabled: false}}
rate-limits: {{download: {{per-second: 1000, burst: 10000}}, upload: {{per-second: 1000, burst: 10000}}}}
blobs:
  kind: s3
  s3: {{endpoint: 'http://127.0.0.1:{store}', bucket: media, prefix: one/, access-key: '{key}', secret-key: {secret}, redirect: true}}
"""


class Site:
    """Mediakeep, its store, and an administrator who uses it."""

    def __init__(self, directory):
        self.directory, self.port, self.store_port = directory, free_port(), free_port()
        self.admin = Client(("127.0.0.1", self.port), "operators-token", tls=False)
        self.bucket = bucket.Bucket(self.store_port, "media")
        self.image = picture()
        self.processes = []
        (directory / "swift").mkdir()
        (directory / "mediakeep.yaml").write_text(CONFIG.format(
            port=self.port, store=self.store_port, key=bucket.ACCESS_KEY, secret=bucket.SECRET_KEY))

    def start_store(self):
        log = self.directory / "swift.log"
        self.store = subprocess.Popen(["/usr/bin/python3", "-B", HERE / "swift_server.py", self.directory / "swift", str(self.store_port)],
                                      stdout=open(log, "a"), stderr=subprocess.STDOUT)
        self.processes.append(self.store)
        await_port(self.store_port, self.store, log)

    def stop_store(self):
        self.store.kill()
        self.store.wait()

    def stored_bytes(self):
        """What the store has on its disk for all objects, the parts of large ones too."""
        return sum(file.stat().st_size for file in self.directory.glob("swift/devices/sda/objects/**/*.data"))

    def start_mediakeep(self):
        self.mediakeep = start(self.directory, self.port)
        self.processes.append(self.mediakeep)

    def stop_mediakeep(self):
        self.mediakeep.terminate()
        self.mediakeep.wait(60)

    def kill_mediakeep(self):
        self.mediakeep.kill()
        self.mediakeep.wait()

    def check(self, *options):
        """The exit code of the command check, and its findings."""
        command = ["java", "-jar", ROOT / "target/mediakeep.war", "check", *options]
        ran = subprocess.run(command, cwd=self.directory, capture_output=True, text=True, timeout=600)
        return ran.returncode, ran.stdout

    def close(self):
        for process in self.processes:
            process.kill()
            process.wait()


def run(site):
    site.start_store()
    site.bucket.create()
    site.start_mediakeep()
    for check in checks.CHECKS:
        began = time.monotonic()
        remark = check(site) or "ok"
        print(f"s3: {check.__name__.replace('_', ' '):45} {time.monotonic() - began:5.1f} s  {remark}", flush=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # ends the processes, too
    with tempfile.TemporaryDirectory(prefix="mediakeep-s3-") as directory:
        site = Site(pathlib.Path(directory))
        try:
            run(site)
        except BaseException:
            for log in site.directory.glob("*.log"):
                print(f"{log.name}:\n{log.read_text()[-4000:]}", file=sys.stderr)
            raise
        finally:
            site.close()


main()
