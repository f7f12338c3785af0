# Says where Gitea keeps a repository.   $1 owner/name.git, in lower case as Gitea writes it
set -u
say() { printf 'longhaul: %s %s\n' "$1" "$2"; }

# The line ROOT of the section [repository].
root_of() {
	awk '/^[ \t]*\[/ { section = $0; gsub(/[ \t\r]/, "", section) }
		section == "[repository]" && /^[ \t]*ROOT[ \t]*=/ {
			sub(/^[^=]*=[ \t]*/, ""); sub(/[ \t\r]+$/, ""); print; exit }' "$1"
}

root= by=
case ${GITEA__repository__ROOT:-} in
	/*) root=$GITEA__repository__ROOT by='the variable GITEA__repository__ROOT' ;;
esac
for ini in "${GITEA_APP_INI:-}" "${GITEA_CUSTOM:+$GITEA_CUSTOM/conf/app.ini}" /data/gitea/conf/app.ini \
	/etc/gitea/app.ini /var/lib/gitea/custom/conf/app.ini; do
	[ -z "$root" ] && [ -f "$ini" ] || continue
	case $(root_of "$ini") in
		/*) root=$(root_of "$ini") by=$ini ;;
	esac
done
# What the chart sets, and what the images do without being told.
for place in /data/git/gitea-repositories /data/git/repositories /var/lib/gitea/git/repositories; do
	[ -z "$root" ] && [ -d "$place/$1" ] && root=$place by='a default of Gitea'
done
for place in /data/git/gitea-repositories /data/git/repositories /var/lib/gitea/git/repositories; do
	[ -z "$root" ] && [ -d "$place" ] && root=$place by='a default of Gitea'
done
[ -z "$root" ] || say root "${root%/}"
say by "$by"
