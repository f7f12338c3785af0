# Dumps MariaDB or MySQL to its output, of one moment for every InnoDB table, without a lock that anybody would notice.
# $1 the database; all of them, with their users, if it is empty
set -eu

secret() {
	eval "value=\${$1:-} file=\${$1_FILE:-}"
	if [ -n "$value" ]; then
		printf %s "$value"
	elif [ -n "$file" ]; then
		cat "$file"
	fi
}

dump=$(command -v mariadb-dump || command -v mysqldump) || {
	echo "there is neither mariadb-dump nor mysqldump in this container" >&2
	exit 1
}
MYSQL_PWD=$(secret MARIADB_ROOT_PASSWORD)
[ -n "$MYSQL_PWD" ] || MYSQL_PWD=$(secret MYSQL_ROOT_PASSWORD)
export MYSQL_PWD
if [ -n "$1" ]; then
	set -- --databases "$1"
else
	set -- --all-databases --flush-privileges
fi
exec "$dump" --user=root --single-transaction --quick --routines --events --triggers --hex-blob \
	--default-character-set=utf8mb4 "$@"
