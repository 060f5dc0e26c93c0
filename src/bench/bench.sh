# What the benchmarks share; each of them sources it. Nothing is written outside a temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
PATH="$PATH:/usr/sbin" # where distributions put nginx

token=benchmark
work=$(mktemp -d)
chmod 755 "$work" # the workers of nginx run as another user
pids=()
stop() {
    kill "${pids[@]}" 2> /dev/null || true
    wait 2> /dev/null || true
    rm -rf "$work"
}
trap stop EXIT

# The JVM as run.sh and docs/deployment.md start it, with a heap for a machine of 1 GiB. JAVA_OPTIONS are words of its own.
small_java=("${JAVA:-java}" "@$PWD/jvm.options")
if "${small_java[0]}" -version 2>&1 | grep -q ' version "\(2[5-9]\|[3-9][0-9]\)'; then
    small_java+=("@$PWD/jvm-25.options")
fi
small_java+=(-Xmx"${HEAP:-256m}" ${JAVA_OPTIONS:-})
export MALLOC_ARENA_MAX=2 # as run.sh sets it

needs() { # packages of Debian and Ubuntu, programs...
    local packages=$1 tool
    for tool in "${@:2}"; do
        if ! command -v "$tool" > /dev/null; then
            echo "$0 needs $tool (Debian, Ubuntu: apt-get install $packages)" >&2
            exit 1
        fi
    done
}

start_nginx() { # workers; what it serves comes in. Says its process in $nginx
    cat > "$work/nginx.conf" <<NGINX
worker_processes $1;
daemon off;
pid $work/nginx.pid;
error_log $work/nginx.log;
events {}
http {
    access_log off;
    sendfile on;
    keepalive_requests 1000000;
    client_body_temp_path $work/n1; proxy_temp_path $work/n2; fastcgi_temp_path $work/n3;
    uwsgi_temp_path $work/n4; scgi_temp_path $work/n5;
    $(cat)
}
NGINX
    nginx -e "$work/nginx.log" -c "$work/nginx.conf" -p "$work" &
    nginx=$!
    pids+=("$nginx")
}

start_mediakeep() { # command...; its configuration comes in. Says its process in $server and where it listens in $url
    {
        printf 'data-dir: %s\nlisten: {host: 127.0.0.1, port: 0}\n' "$work/data"
        printf 'auth:\n  tokens:\n    - {token: %s, user: "@bench:localhost"}\n    - {token: crowd, user: "@crowd:localhost"}\n' "$token"
        cat
    } > "$work/mediakeep.yaml"
    "$@" --config "$work/mediakeep.yaml" > "$work/log" 2>&1 &
    server=$!
    pids+=("$server")
    until [ -f "$work/log" ] && url=$(grep -o 'Listening on http://[^ ]*' "$work/log" | cut -d' ' -f3) && [ -n "$url" ]; do
        kill -0 "$server" 2> /dev/null || { cat "$work/log" >&2; exit 1; }
        sleep 0.02
    done
}

cpu_ticks() { # of a process and its children
    local total=0 pid
    for pid in "$1" $(pgrep -P "$1" || true); do
        total=$((total + $(awk '{print $14 + $15}' "/proc/$pid/stat")))
    done
    echo "$total"
}
hertz=$(getconf CLK_TCK)

resident() { # MiB of memory that the server has
    echo $(($(awk '/VmRSS/{print $2}' "/proc/$server/status") / 1024))
}
