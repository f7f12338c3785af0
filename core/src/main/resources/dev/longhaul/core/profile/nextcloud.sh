# Looks at or switches Nextcloud's maintenance mode, as the user who owns its configuration: occ refuses every other.
# $1 check, on or off   $2 where Nextcloud is installed   $3 how occ is called there
# $4 seconds that requests get which were under way
set -eu
cd "$2"
command=$3

occ() {
	if [ "$(stat -c %u config/config.php)" = "$(id -u)" ]; then
		sh -c "$command $*"
	else
		su -s /bin/sh "$(stat -c %U config/config.php)" -c "$command $*"
	fi
}

case $1 in
	check)
		# Exit code 1 means "not on", so a failure of occ must not be one.
		said=$(occ maintenance:mode) || exit 2
		case $said in
			*enabled*) exit 0 ;;
			*disabled*) exit 1 ;;
		esac
		echo "occ does not say whether maintenance mode is on: $said" >&2
		exit 2
		;;
	on)
		occ maintenance:mode --on
		sleep "$4"
		;;
	off)
		occ maintenance:mode --off
		;;
esac
