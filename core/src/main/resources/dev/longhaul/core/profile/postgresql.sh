# Has PostgreSQL write everything out. The password, if one is needed, is where the image keeps it: in the variable of
# the superuser where that is not the application's user (Bitnami), or in that of the only user.
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
exec psql --no-psqlrc --no-password --quiet --set ON_ERROR_STOP=1 --username "$user" --dbname postgres --command CHECKPOINT
