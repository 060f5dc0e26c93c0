#!/usr/bin/env bash
# Does everything at once for some minutes, and says each minute what the server uses. See README.md here.
# usage: soak.sh [MINUTES]
. "$(dirname "$0")/bench.sh"
needs 'python3 openssl default-jdk-headless' python3 openssl jcmd

minutes=${1:-10}
site=${SITE_PORT:-18450} # another homeserver and a web site, which soak.py plays

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=bench \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2> /dev/null
printf 'ed25519 a_1 %s\n' "$(head -c 32 /dev/urandom | base64 | tr -d =)" > "$work/signing.key"
start_mediakeep "${small_java[@]}" -jar target/mediakeep.war <<YAML
remote: {burst: 1TiB, signing-key-file: $work/signing.key}
outbound: {allowed-networks: [127.0.0.1], trusted-certificates: $work/cert.pem, name-servers: ['127.0.0.1:1']}
uploads: {max-pending: 1000000}
rate-limits:
$(printf '  %s: {per-second: 1000000, burst: 1000000}\n' upload create download thumbnail preview)
YAML

python3 src/bench/soak.py "$url" "$token" "$server" "$work" "$site" "$minutes"
kill "$server"
wait "$server" 2> /dev/null || true
printf '\nafter the stop: database %s KiB, spool files %s\n' "$(du -k --apparent-size "$work/data/mediakeep.mv.db" | cut -f1)" \
    "$(find "$work/data/blobs/spool" -type f | wc -l)"
