# Holds MariaDB's or MySQL's global read lock until its input ends, but at most $1 seconds. Prints a line once it has
# the lock, and for every line of its input again, as long as the same session answers.
client=$(command -v mariadb || command -v mysql) || { echo "there is neither mariadb nor mysql" >&2; exit 1; }

{
	echo "SET SESSION lock_wait_timeout = 30; FLUSH TABLES WITH READ LOCK; SELECT 'longhaul: held';"
	timeout "$1" sh -c 'while read -r line; do echo "SELECT '\''longhaul: held'\'';"; done' || true
} | {
	"$client" --user=root --batch --skip-column-names --unbuffered --skip-reconnect || echo "longhaul: lost"
}
