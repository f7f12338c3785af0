# Sets $user to the superuser, and his password, if one is needed, for every client that follows: it is in the variable
# of the superuser where that is not the application's user (Bitnami), or in that of the only user.
user=${POSTGRES_USER:-postgres}
PGPASSWORD=$(secret POSTGRES_POSTGRES_PASSWORD)
if [ -n "$PGPASSWORD" ]; then
	user=postgres
else
	PGPASSWORD=$(secret POSTGRES_PASSWORD)
fi
export PGPASSWORD
