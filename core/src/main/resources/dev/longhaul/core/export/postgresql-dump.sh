# Dumps PostgreSQL to its output as SQL, of one moment for each database. The password, if one is needed, is where the
# image keeps it: in the variable of the superuser where that is not the application's user (Bitnami), or in that of
# the only user.   $1 the database; all of them, with their roles, if it is empty
set -eu

secret() {
	eval "value=\${$1:-} file=\${$1_FILE:-}"
	if [ -n "$value" ]; then
		printf %s "$value"
	elif [ -n "$file" ]; then
		cat "$file"
	fi
}

user=${POSTGRES_USER:-postgres}
PGPASSWORD=$(secret POSTGRES_POSTGRES_PASSWORD)
if [ -n "$PGPASSWORD" ]; then
	user=postgres
else
	PGPASSWORD=$(secret POSTGRES_PASSWORD)
fi
export PGPASSWORD
if [ -n "$1" ]; then
	exec pg_dump --no-password --username "$user" --create --dbname "$1"
fi
exec pg_dumpall --no-password --username "$user" --database postgres
