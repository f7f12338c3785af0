# Asks occ how Nextcloud is, as the user who owns its configuration: occ refuses every other.
# $1 where Nextcloud is installed   $2 how occ is called there   $3 seconds that it may take
set -u
say() { printf 'longhaul: %s %s\n' "$1" "$2"; }
limit=
if command -v timeout > /dev/null; then limit="timeout $3"; fi
if [ ! -f "$1/config/config.php" ]; then
	say missing "$1/config/config.php"
	exit 0
fi
cd "$1" || exit 1

occ() {
	if [ "$(stat -c %u config/config.php)" = "$(id -u)" ]; then
		$limit sh -c "$1"
	else
		$limit su -s /bin/sh "$(stat -c %U config/config.php)" -c "$1"
	fi
}

said=$(occ "$2 status --output=json" 2>&1)
say exit $?
# Warnings of PHP may stand before it.
say status "$(printf '%s\n' "$said" | grep '^{' | tail -n 1 | cut -c 1-900)"
say said "$(printf '%s\n' "$said" | tail -n 1 | cut -c 1-300)"
