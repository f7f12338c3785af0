# Has Gitea write its hooks into its repositories, and clears a bundle away.   $1 the bundle   $2 seconds
set -u
say() { printf 'longhaul: %s %s\n' "$1" "$2"; }
limit=
if command -v timeout > /dev/null; then limit="timeout $2"; fi
regenerate() {
	if [ "$(id -u)" != 0 ]; then
		$limit gitea admin regenerate hooks
	elif command -v su-exec > /dev/null; then
		# Gitea refuses to be run by root.
		$limit su-exec git gitea admin regenerate hooks
	else
		$limit su git -s /bin/sh -c 'gitea admin regenerate hooks'
	fi
}

if ! command -v gitea > /dev/null; then
	say hooks none
elif said=$(regenerate 2>&1); then
	say hooks written
else
	say hooks "failed: $(printf '%s\n' "$said" | tail -n 1 | cut -c 1-200)"
fi
rm -f "$1"
