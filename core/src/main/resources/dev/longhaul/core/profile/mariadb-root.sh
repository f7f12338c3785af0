# The password of root, for every client that follows.
MYSQL_PWD=$(secret MARIADB_ROOT_PASSWORD)
[ -n "$MYSQL_PWD" ] || MYSQL_PWD=$(secret MYSQL_ROOT_PASSWORD)
export MYSQL_PWD
