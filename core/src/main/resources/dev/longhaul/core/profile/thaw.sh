# Thaws file systems; one that is not frozen is left as it is.   $1... where they are mounted
set -u
failed=0
for path; do
	said=$(fsfreeze --unfreeze "$path" 2>&1) && continue
	case $said in
		*"Invalid argument"*) ;;
		*)
			echo "$said" >&2
			failed=1
			;;
	esac
done
exit $failed
