# Dumps MariaDB or MySQL to its output, of one moment for every InnoDB table, without a lock that anybody would notice.
# $1 the database; all of them, with their users, if it is empty
dump=$(command -v mariadb-dump || command -v mysqldump) || {
	echo "there is neither mariadb-dump nor mysqldump in this container" >&2
	exit 1
}
if [ -n "$1" ]; then
	set -- --databases "$1"
else
	set -- --all-databases --flush-privileges
fi
exec "$dump" --user=root --single-transaction --quick --routines --events --triggers --hex-blob \
	--default-character-set=utf8mb4 "$@"
