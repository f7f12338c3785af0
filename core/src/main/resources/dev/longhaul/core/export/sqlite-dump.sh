# Dumps an SQLite database to its output as SQL, of one moment: within one transaction that only reads.
# $1 the file of the database
set -eu
command -v sqlite3 > /dev/null || { echo "there is no sqlite3 in this container to dump $1 with" >&2; exit 1; }
[ -f "$1" ] || { echo "there is no database $1" >&2; exit 1; }
# Its exit code says nothing of a dump that went wrong half way; its last line does.
sqlite3 -readonly -bail "$1" '.timeout 5000' .dump \
	| awk '{ print; last = $0 } END { if (last != "COMMIT;") { print "the dump is not whole" > "/dev/stderr"; exit 1 } }'
