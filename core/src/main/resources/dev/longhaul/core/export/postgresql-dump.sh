# Dumps PostgreSQL to its output as SQL, as the superuser, of one moment for each database.
# $1 the database; all of them, with their roles, if it is empty
if [ -n "$1" ]; then
	exec pg_dump --no-password --username "$user" --create --dbname "$1"
fi
exec pg_dumpall --no-password --username "$user" --database postgres
