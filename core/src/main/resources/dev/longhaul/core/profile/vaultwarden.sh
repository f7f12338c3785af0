# Has Vaultwarden copy its SQLite database, or removes the copy.   $1 copy or remove
set -eu
data=${DATA_FOLDER:-/data}
copy=$data/longhaul-copy.sqlite3

case $1 in
	copy)
		rm -f "$copy"
		if [ -x /vaultwarden ]; then
			said=$(/vaultwarden backup) || { echo "$said" >&2; exit 1; }
			made=${said#*Backup to \'}
			made=${made%%\'*}
			[ -f "$made" ] || { echo "there is no copy where Vaultwarden says it is: $said" >&2; exit 1; }
			mv "$made" "$copy"
		elif command -v sqlite3 > /dev/null; then
			sqlite3 -bail "$data/db.sqlite3" '.timeout 5000' ".backup '$copy'"
		else
			echo "there is neither /vaultwarden nor sqlite3 to copy the database" >&2
			exit 1
		fi
		;;
	remove)
		rm -f "$copy"
		;;
esac
