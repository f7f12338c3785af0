# Has PostgreSQL write everything out, as the superuser.
exec psql --no-psqlrc --no-password --quiet --set ON_ERROR_STOP=1 --username "$user" --dbname postgres --command CHECKPOINT
