# Asks Vaultwarden whether it is alive, and its database whether it is whole.   $1 seconds that each may take
set -u
say() { printf 'longhaul: %s %s\n' "$1" "$2"; }
limit=
if command -v timeout > /dev/null; then limit="timeout $1"; fi

url="http${ROCKET_TLS:+s}://127.0.0.1:${ROCKET_PORT:-80}$(printf '%s' "${DOMAIN:-}" | sed -n 's#^[a-z]*://[^/]*##p')"
by=
if [ -x /healthcheck.sh ]; then
	by=/healthcheck.sh
	said=$($limit /healthcheck.sh 2>&1)
elif command -v curl > /dev/null; then
	by=curl
	said=$($limit curl --insecure --fail --silent --show-error "${url%/}/alive" 2>&1)
elif command -v wget > /dev/null; then
	by=wget
	said=$($limit wget -q -O - "${url%/}/alive" 2>&1)
fi
code=$?
if [ -n "$by" ]; then
	say by "$by"
	say alive "$code"
	say said "$(printf '%s\n' "$said" | tail -n 1 | cut -c 1-300)"
fi

database=${DATA_FOLDER:-/data}/db.sqlite3
case ${DATABASE_URL:-} in
	mysql:* | postgres*) say database other; exit 0 ;;
	?*) database=${DATABASE_URL#sqlite://} ;;
esac
if [ ! -f "$database" ]; then
	say database missing
elif ! command -v sqlite3 > /dev/null; then
	say database unasked
else
	say database sqlite
	ask() { $limit sqlite3 -readonly -bail -cmd '.timeout 5000' "$database" "$1" 2>&1 | head -n 1 | cut -c 1-300; }
	say integrity "$(ask 'PRAGMA integrity_check(1)')"
	say users "$(ask 'SELECT count(*) FROM users')"
	say ciphers "$(ask 'SELECT count(*) FROM ciphers')"
fi
