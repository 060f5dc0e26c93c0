"""How each proxy is started with its recipe: the file as it stands, with the ports and certificates of this run."""

import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).parent


class Run:
    """The directory of this run, the certificate in it, and ports."""

    def __init__(self, directory, front, federation, mediakeep, homeserver):
        self.directory, self.front, self.federation, self.mediakeep, self.homeserver = directory, front, federation, mediakeep, homeserver

    def recipe(self, name, *changes):
        text = (HERE / name).read_text()
        common = [("10.0.0.0/8", "127.0.0.1/32"), ("127.0.0.1:8008", f"127.0.0.1:{self.mediakeep}"), ("127.0.0.1:8009", f"127.0.0.1:{self.homeserver}")]
        if name != "Caddyfile":
            common.append(("/etc/ssl/", f"{self.directory}/"))
        for old, new in [*common, *changes]:
            assert old in text, f"{name} has no {old!r} any more"
            text = text.replace(old, new)
        return text

    def write(self, name, text):
        path = self.directory / name
        path.write_text(text)
        return str(path)


def nginx(run):
    site = run.recipe(
        "nginx.conf",
        ("listen 443 ", f"listen 127.0.0.1:{run.front} "),
        ("listen 8448 ", f"listen 127.0.0.1:{run.federation} "))
    temporary = "".join(f"{kind}_temp_path {run.directory}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main = f"user root; daemon off; pid {run.directory}/pid; error_log {run.directory}/error.log; events {{}}\n"
    main += f"http {{ access_log off; {temporary}\n{site}\n}}\n"
    return ["nginx", "-c", run.write("main.conf", main), "-p", str(run.directory)]


def caddy(run):
    site = run.recipe(
        "Caddyfile",
        ("matrix.example.org, matrix.example.org:8448 {",
         f"https://matrix.example.org:{run.front}, https://matrix.example.org:{run.federation} {{\n\tbind 127.0.0.1\n"
         f"\ttls {run.directory}/matrix.example.org.pem {run.directory}/matrix.example.org.key"))
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    return ["caddy", "run", "--adapter", "caddyfile", "--config", run.write("Caddyfile", options + site)]


def haproxy(run):
    return ["haproxy", "-db", "-f", run.write("haproxy.cfg", run.recipe(
        "haproxy.cfg",
        ("bind :443 ", f"bind 127.0.0.1:{run.front} "),
        ("bind :8448 ", f"bind 127.0.0.1:{run.federation} ")))]


def apache(run):
    modules = "mpm_event authn_core authz_core authz_host reqtimeout env socache_shmcb ssl http2 proxy proxy_http".split()
    site = run.recipe(
        "apache.conf",
        ("Listen 443", f"Listen 127.0.0.1:{run.front}"),
        ("Listen 8448", f"Listen 127.0.0.1:{run.federation}"),
        ("*:443 *:8448", f"127.0.0.1:{run.front} 127.0.0.1:{run.federation}"))
    main = f"ServerRoot {run.directory}\nPidFile {run.directory}/pid\nErrorLog {run.directory}/error.log\nServerName localhost\n"
    main += f"Mutex file:{run.directory}\nUser www-data\nGroup www-data\n"
    main += "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in modules)
    main += "RequestReadTimeout header=20-40,MinRate=500 body=20,MinRate=500\n"  # as Debian sets it
    return ["apache2", "-DFOREGROUND", "-f", run.write("main.conf", main + site)]


def traefik(run):
    dynamic = run.write("dynamic.yaml", run.recipe("traefik.yaml"))
    entry = "{address: '127.0.0.1:%d', transport: {respondingTimeouts: {readTimeout: 0s}}}"
    static = f"entryPoints: {{matrix: {entry % run.front}, federation: {entry % run.federation}}}\n"
    static += f"providers: {{file: {{filename: {dynamic}}}}}\n"
    return ["traefik", "--configFile", run.write("static.yaml", static)]


PROXIES = {"nginx": nginx, "caddy": caddy, "haproxy": haproxy, "apache": apache, "traefik": traefik}
VERSIONS = {"nginx": "nginx -v", "caddy": "caddy version", "haproxy": "haproxy -v", "apache": "apache2 -v", "traefik": "traefik version"}
PATH = os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin"


def version(name):
    """What the proxy calls itself; None when it is not installed."""
    command = VERSIONS[name].split()
    if not shutil.which(command[0], path=PATH):
        return None
    said = subprocess.run(command, env={**os.environ, "PATH": PATH}, capture_output=True, text=True)
    return (said.stdout + said.stderr).strip().splitlines()[0]


def start(name, run):
    environment = {**os.environ, "PATH": PATH, "HOME": str(run.directory), "XDG_DATA_HOME": str(run.directory)}
    log = open(run.directory / "output.log", "w")
    return subprocess.Popen(PROXIES[name](run), env=environment, stdout=log, stderr=log)
