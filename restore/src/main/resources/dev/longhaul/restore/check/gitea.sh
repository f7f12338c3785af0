# Asks Gitea for its health: it asks its database and its cache.   $1 seconds that it may take
set -u
say() { printf 'longhaul: %s %s\n' "$1" "$2"; }
limit=
if command -v timeout > /dev/null; then limit="timeout $1"; fi
url="${GITEA__server__PROTOCOL:-http}://127.0.0.1:${GITEA__server__HTTP_PORT:-${HTTP_PORT:-3000}}/api/healthz"
if command -v curl > /dev/null; then
	say by curl
	said=$($limit curl --insecure --silent --show-error "$url" 2>&1)
elif command -v wget > /dev/null; then
	say by wget
	said=$($limit wget -q -O - "$url" 2>&1)
else
	exit 0
fi
say exit $?
say body "$(printf '%s' "$said" | tr -d '\n\r' | cut -c 1-900)"
say said "$(printf '%s\n' "$said" | tail -n 1 | cut -c 1-300)"
