#!/usr/bin/env bash
# Runs real Matrix clients against the server, directly and through nginx where that is installed: run.sh [nio mautrix js]
# They are installed below target/clients. What cannot be had within two minutes is left out, and the output says so.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
folder=$PWD/target/clients
left_out=()

# The newest of these lines; a client that changes its interface is looked at by hand
python_packages=(matrix-nio~=0.26.0 mautrix~=0.21.1)
npm_packages=(matrix-js-sdk@37)

install_python() {
    command -v python3 > /dev/null && timeout 120 python3 -m venv "$folder/python" &&
        timeout 120 "$folder/python/bin/pip" install -q --disable-pip-version-check --retries 1 "${python_packages[@]}"
}

install_js() {
    command -v npm > /dev/null && timeout 120 npm install --silent --no-audit --no-fund --prefix "$folder/npm" "${npm_packages[@]}"
}

mkdir -p "$folder"
[ -f target/mediakeep.war ] || mvn -q -B -ntp package -Dmaven.test.skip=true
clients=()
python=$folder/python/bin/python
for client in "${@:-nio mautrix js}"; do
    for one in $client; do
        case $one in
            js) [ -d "$folder/npm/node_modules/matrix-js-sdk" ] || install_js || { left_out+=("$one"); continue; } ;;
            *) "$python" -c 'import nio, mautrix' 2> /dev/null || install_python || { left_out+=("$one"); continue; } ;;
        esac
        clients+=("$one")
    done
done
[ ${#left_out[@]} -eq 0 ] || echo "clients: left out, since they could not be installed: ${left_out[*]}"
[ ${#clients[@]} -eq 0 ] || python3 -B "$here/run.py" "$folder" "${clients[@]}"
