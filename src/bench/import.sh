#!/usr/bin/env bash
# Imports a generated store of Synapse: by links and by copies while clients read and upload, and with kill -9 five times
# on the way. See README.md here.
# usage: import.sh [ROWS]
. "$(dirname "$0")/bench.sh"
needs 'python3 default-jre-headless' python3 java

rows=${1:-200000}
clients=${CLIENTS:-50}
kills=${KILLS:-5}
export MEDIAKEEP_AUTH_ADMINS=@bench:localhost
python3 src/bench/import.py generate "$work/store" "$rows"
sync

begin() { # whether files are linked
    start_mediakeep "${small_java[@]}" -jar target/mediakeep.war <<YAML
server-name: bench.example
rate-limits:
$(printf '  %s: {per-second: 1000000, burst: 1000000}\n' upload create download thumbnail preview admin)
import:
  sources:
    - {kind: synapse, database: 'jdbc:sqlite:$work/store/homeserver.db', media-store: $work/store/media, link: $1}
YAML
}

for link in true false; do
    printf '\nlink: %s\n' "$link"
    rm -rf "$work/data"
    begin "$link"
    python3 src/bench/import.py watch "$url" "$token" "$work/store" "$rows" "$clients" || { grep -A20 'WARN\|ERROR' "$work/log"; exit 1; }
    printf '%s MiB resident\n' "$(resident)"
    kill "$server"
    wait "$server" 2> /dev/null || true
done

printf '\nkilled %s times; another process continues after 30 s\n' "$kills"
rm -rf "$work/data"
for kill in $(seq "$kills"); do
    begin true
    python3 src/bench/import.py until "$url" "$token" "$((kill * rows / (kills + 1)))"
    kill -9 "$server"
    wait "$server" 2> /dev/null || true
done
begin true
python3 src/bench/import.py watch "$url" "$token" "$work/store" "$rows" 0
